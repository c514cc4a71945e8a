// Writes the sources that other sources are made of, where they are not as they should be: the kernels in WebAssembly.
import '../packages/core/assembly/build.mjs';
