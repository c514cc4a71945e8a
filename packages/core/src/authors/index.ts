/*
 * What those need who write packages on top of core, as nn, explain and onnx are: memory, kernels, flat numbers and shapes.
 * Whoever writes models and losses, or an op of their own, finds all in `@tapegrad/core`.
 */
export { allocate, allocateFloats } from '../allocate.ts';
export { cosine, exponential, logarithm, power, sine } from '../arithmetic/index.ts';
export * as kernels from '../engine/kernels.ts';
export { reserveCopies } from '../engine/launch.ts';
export { type IndexNumbers, LastingNumbers, type Memory } from '../engine/memory.ts';
export { withSteadyMemory } from '../engine/restart.ts';
export type { AdagradNumbers, AdamNumbers, RMSPropNumbers, SGDNumbers } from '../engine/twins/optimisers.ts';
export * as optimiserTwins from '../engine/twins/optimisers.ts';
export { withTwin } from '../engine/withTwin.ts';
export { offTape } from '../fusion/offTape.ts';
export * from '../kinds.ts';
export { celuOptions } from '../ops/activations/celu.ts';
export { eluOptions } from '../ops/activations/elu.ts';
export { geluOptions } from '../ops/activations/gelu.ts';
export { hardSigmoidOptions } from '../ops/activations/hardSigmoid.ts';
export { leakyReluOptions } from '../ops/activations/leakyRelu.ts';
export { softplusOptions } from '../ops/activations/softplus.ts';
export { checkGroups } from '../ops/convolution/convolutionChecks.ts';
export * as ops from '../ops/index.ts';
export { interpolateOptions, resizedAxes } from '../ops/interpolation/resizedAxes.ts';
export { checkEpsilon } from '../ops/normalisation/standardise.ts';
export { adaptivePool1dOptions, adaptivePool2dOptions } from '../ops/pooling/adaptiveSizes.ts';
export { avgPool2dOptions, avgPoolOptions } from '../ops/pooling/avgPool2d.ts';
export { globalPoolOptions } from '../ops/pooling/globalPooling.ts';
export { type PaddingMode, padWithItself } from '../ops/shape/padWithItself.ts';
export { softmaxOptions } from '../ops/softmax/softmax.ts';
export { poolOptions } from '../ops/windows/poolWindow.ts';
export { readWindow } from '../ops/windows/window.ts';
export { checkOptions, checkSurplus, nearestName, type OptionNames, type Requirement } from '../options/index.ts';
export { checkDataType } from '../tensor/create.ts';
export { checkTensor, checkTensorLike } from '../tensor/kinds.ts';
export { broadcastShapes, checkNumberList, checkShape, resolveAxis, sameShape, sizeOf } from '../tensor/shape.ts';
export { flatten, ndarrayOf, type View, viewOf } from '../tensor/strided.ts';
