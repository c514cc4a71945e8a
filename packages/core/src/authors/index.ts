/*
 * What those need who write packages on top of core, as nn, explain and onnx are: memory, kernels, flat numbers and shapes.
 * Whoever writes models and losses, or an op of their own, finds all in `@tapegrad/core`.
 */
export { cosine, exponential, power, sine } from '../arithmetic/index.ts';
export * as kernels from '../engine/kernels.ts';
export { reserveCopies } from '../engine/launch.ts';
export { type IndexNumbers, LastingNumbers, type Memory } from '../engine/memory.ts';
export { withSteadyMemory } from '../engine/restart.ts';
export type { AdagradNumbers, AdamNumbers, RMSPropNumbers, SGDNumbers } from '../engine/twins/optimisers.ts';
export * as optimiserTwins from '../engine/twins/optimisers.ts';
export { withTwin } from '../engine/withTwin.ts';
export { allocateFloats } from '../kernels/dtype.ts';
export { checkGroups } from '../ops/convolution/convolutionChecks.ts';
export { resizedAxes } from '../ops/interpolation/resizedAxes.ts';
export { checkEpsilon } from '../ops/normalisation/standardise.ts';
export { readWindow } from '../ops/windows/window.ts';
export { broadcastShapes, resolveAxis, sameShape, sizeOf } from '../tensor/shape.ts';
export { flatten, ndarrayOf, type View, viewOf } from '../tensor/strided.ts';
