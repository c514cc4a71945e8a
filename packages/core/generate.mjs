// Writes what is generated of this package: the kernels in WebAssembly, and the list of formulas.
import './assembly/build.mjs';
import './formulas.mjs';
