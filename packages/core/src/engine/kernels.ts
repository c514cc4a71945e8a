import * as reference from '../kernels/index.ts';
import * as twins from './twins/index.ts';
import { withTwin } from './withTwin.ts';

/*
 * The kernels that ops call: flat arrays first, then numbers. Each is an export of its own, so that a bundler leaves
 * out those that a program never calls.
 */

/** All kernels by name. */
export type Kernels = Omit<typeof reference, 'multiplyInto'>;

// Of each there is a twin in WebAssembly, of the same arguments:
export const abs = /* @__PURE__ */ withTwin(reference.abs, twins.abs);
export const adaptiveAvgPool2d = /* @__PURE__ */ withTwin(reference.adaptiveAvgPool2d, twins.adaptiveAvgPool2d);
export const adaptiveAvgPool2dGradient = /* @__PURE__ */ withTwin(
  reference.adaptiveAvgPool2dGradient,
  twins.adaptiveAvgPool2dGradient,
);
export const adaptiveArgMax2d = /* @__PURE__ */ withTwin(reference.adaptiveArgMax2d, twins.adaptiveArgMax2d);
export const add = /* @__PURE__ */ withTwin(reference.add, twins.add);
export const addToRows = /* @__PURE__ */ withTwin(reference.addToRows, twins.addToRows);
export const argMax = /* @__PURE__ */ withTwin(reference.argMax, twins.argMax);
export const argMin = /* @__PURE__ */ withTwin(reference.argMin, twins.argMin);
export const avgPool2d = /* @__PURE__ */ withTwin(reference.avgPool2d, twins.avgPool2d);
export const avgPool2dGradient = /* @__PURE__ */ withTwin(reference.avgPool2dGradient, twins.avgPool2dGradient);
export const biasGradientChosen = /* @__PURE__ */ withTwin(reference.biasGradientChosen, twins.biasGradientChosen);
export const clamp = /* @__PURE__ */ withTwin(reference.clamp, twins.clamp);
export const conv2d = /* @__PURE__ */ withTwin(reference.conv2d, twins.conv2d);
export const conv2dFilterGradient = /* @__PURE__ */ withTwin(
  reference.conv2dFilterGradient,
  twins.conv2dFilterGradient,
);
export const conv2dFilterGradientChosen = /* @__PURE__ */ withTwin(
  reference.conv2dFilterGradientChosen,
  twins.conv2dFilterGradientChosen,
);
export const conv2dInputGradient = /* @__PURE__ */ withTwin(reference.conv2dInputGradient, twins.conv2dInputGradient);
export const conv2dInputGradientChosen = /* @__PURE__ */ withTwin(
  reference.conv2dInputGradientChosen,
  twins.conv2dInputGradientChosen,
);
export const conv2dRelu = /* @__PURE__ */ withTwin(reference.conv2dRelu, twins.conv2dRelu);
export const copyStrided = /* @__PURE__ */ withTwin(reference.copyStrided, twins.copyStrided);
export const cumulativeSum = /* @__PURE__ */ withTwin(reference.cumulativeSum, twins.cumulativeSum);
export const divide = /* @__PURE__ */ withTwin(reference.divide, twins.divide);
export const divideCotangent = /* @__PURE__ */ withTwin(reference.divideCotangent, twins.divideCotangent);
export const elu = /* @__PURE__ */ withTwin(reference.elu, twins.elu);
export const eluSlope = /* @__PURE__ */ withTwin(reference.eluSlope, twins.eluSlope);
export const equal = /* @__PURE__ */ withTwin(reference.equal, twins.equal);
export const erf = /* @__PURE__ */ withTwin(reference.erf, twins.erf);
export const exp = /* @__PURE__ */ withTwin(reference.exp, twins.exp);
export const foldSlices = /* @__PURE__ */ withTwin(reference.foldSlices, twins.foldSlices);
export const gather = /* @__PURE__ */ withTwin(reference.gather, twins.gather);
export const gelu = /* @__PURE__ */ withTwin(reference.gelu, twins.gelu);
export const geluSlope = /* @__PURE__ */ withTwin(reference.geluSlope, twins.geluSlope);
export const geluTanh = /* @__PURE__ */ withTwin(reference.geluTanh, twins.geluTanh);
export const geluTanhSlope = /* @__PURE__ */ withTwin(reference.geluTanhSlope, twins.geluTanhSlope);
export const greater = /* @__PURE__ */ withTwin(reference.greater, twins.greater);
export const greaterOrEqual = /* @__PURE__ */ withTwin(reference.greaterOrEqual, twins.greaterOrEqual);
export const greaterShare = /* @__PURE__ */ withTwin(reference.greaterShare, twins.greaterShare);
export const hardSigmoid = /* @__PURE__ */ withTwin(reference.hardSigmoid, twins.hardSigmoid);
export const hardSigmoidSlope = /* @__PURE__ */ withTwin(reference.hardSigmoidSlope, twins.hardSigmoidSlope);
export const leakyRelu = /* @__PURE__ */ withTwin(reference.leakyRelu, twins.leakyRelu);
export const leakyReluSlope = /* @__PURE__ */ withTwin(reference.leakyReluSlope, twins.leakyReluSlope);
export const log = /* @__PURE__ */ withTwin(reference.log, twins.log);
export const logSoftmax = /* @__PURE__ */ withTwin(reference.logSoftmax, twins.logSoftmax);
export const logSumExp = /* @__PURE__ */ withTwin(reference.logSumExp, twins.logSumExp);
export const matmul = /* @__PURE__ */ withTwin(reference.matmul, twins.matmul);
export const max = /* @__PURE__ */ withTwin(reference.max, twins.max);
export const maximum = /* @__PURE__ */ withTwin(reference.maximum, twins.maximum);
export const maxPool2d = /* @__PURE__ */ withTwin(reference.maxPool2d, twins.maxPool2d);
export const maxPool2dOfRelu = /* @__PURE__ */ withTwin(reference.maxPool2dOfRelu, twins.maxPool2dOfRelu);
export const min = /* @__PURE__ */ withTwin(reference.min, twins.min);
export const minimum = /* @__PURE__ */ withTwin(reference.minimum, twins.minimum);
export const mish = /* @__PURE__ */ withTwin(reference.mish, twins.mish);
export const mishSlope = /* @__PURE__ */ withTwin(reference.mishSlope, twins.mishSlope);
export const moments = /* @__PURE__ */ withTwin(reference.moments, twins.moments);
export const multiply = /* @__PURE__ */ withTwin(reference.multiply, twins.multiply);
export const multiplyCotangent = /* @__PURE__ */ withTwin(reference.multiplyCotangent, twins.multiplyCotangent);
export const negate = /* @__PURE__ */ withTwin(reference.negate, twins.negate);
export const normalDensity = /* @__PURE__ */ withTwin(reference.normalDensity, twins.normalDensity);
export const normalise = /* @__PURE__ */ withTwin(reference.normalise, twins.normalise);
export const normaliseGradient = /* @__PURE__ */ withTwin(reference.normaliseGradient, twins.normaliseGradient);
export const normaliseRows = /* @__PURE__ */ withTwin(reference.normaliseRows, twins.normaliseRows);
export const normaliseRowsGradient = /* @__PURE__ */ withTwin(
  reference.normaliseRowsGradient,
  twins.normaliseRowsGradient,
);
export const normaliseRowsSums = /* @__PURE__ */ withTwin(reference.normaliseRowsSums, twins.normaliseRowsSums);
export const normaliseSums = /* @__PURE__ */ withTwin(reference.normaliseSums, twins.normaliseSums);
export const pow = /* @__PURE__ */ withTwin(reference.pow, twins.pow);
export const product = /* @__PURE__ */ withTwin(reference.product, twins.product);
export const putChosen = /* @__PURE__ */ withTwin(reference.putChosen, twins.putChosen);
export const putGathered = /* @__PURE__ */ withTwin(reference.putGathered, twins.putGathered);
export const putOpen = /* @__PURE__ */ withTwin(reference.putOpen, twins.putOpen);
export const putPixels = /* @__PURE__ */ withTwin(reference.putPixels, twins.putPixels);
export const putTaken = /* @__PURE__ */ withTwin(reference.putTaken, twins.putTaken);
export const relu = /* @__PURE__ */ withTwin(reference.relu, twins.relu);
export const reluGradient = /* @__PURE__ */ withTwin(reference.reluGradient, twins.reluGradient);
export const sigmoid = /* @__PURE__ */ withTwin(reference.sigmoid, twins.sigmoid);
export const sign = /* @__PURE__ */ withTwin(reference.sign, twins.sign);
export const silu = /* @__PURE__ */ withTwin(reference.silu, twins.silu);
export const softmax = /* @__PURE__ */ withTwin(reference.softmax, twins.softmax);
export const softmaxCrossEntropy = /* @__PURE__ */ withTwin(reference.softmaxCrossEntropy, twins.softmaxCrossEntropy);
export const softplus = /* @__PURE__ */ withTwin(reference.softplus, twins.softplus);
export const softplusSlope = /* @__PURE__ */ withTwin(reference.softplusSlope, twins.softplusSlope);
export const sqrt = /* @__PURE__ */ withTwin(reference.sqrt, twins.sqrt);
export const standardise = /* @__PURE__ */ withTwin(reference.standardise, twins.standardise);
export const standardiseGradient = /* @__PURE__ */ withTwin(reference.standardiseGradient, twins.standardiseGradient);
export const subtract = /* @__PURE__ */ withTwin(reference.subtract, twins.subtract);
export const sum = /* @__PURE__ */ withTwin(reference.sum, twins.sum);
export const take = /* @__PURE__ */ withTwin(reference.take, twins.take);
export const takeChosen = /* @__PURE__ */ withTwin(reference.takeChosen, twins.takeChosen);
export const takePixels = /* @__PURE__ */ withTwin(reference.takePixels, twins.takePixels);
export const tanh = /* @__PURE__ */ withTwin(reference.tanh, twins.tanh);
export const unfoldSlices = /* @__PURE__ */ withTwin(reference.unfoldSlices, twins.unfoldSlices);
export const where = /* @__PURE__ */ withTwin(reference.where, twins.where);
export const within = /* @__PURE__ */ withTwin(reference.within, twins.within);
