// Writes the sources that are made from others, where they are not as they should be.
import '../packages/core/generate.mjs';
import '../packages/expression/generate.mjs';
