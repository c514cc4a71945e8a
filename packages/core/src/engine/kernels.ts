import * as reference from '../kernels/index.ts';
import { settle } from './launch.ts';
import { machine } from './machine.ts';
import * as twins from './twins/index.ts';

/*
 * The kernels that ops call: flat arrays first, then whole numbers. Each is an export of its own, so that a bundler leaves
 * out those that a program never calls.
 */

// biome-ignore lint/suspicious/noExplicitAny: what kernels have in common is that they are called
type Kernel = (first: any, ...rest: any[]) => void;

/** All kernels by name. */
export type Kernels = Omit<typeof reference, 'multiplyInto'>;

/** A kernel that sends float32 to the twin in WebAssembly, and everything else to the reference. */
function either<Reference extends Kernel>(reference: Reference, twin: Kernel): Reference {
  const kernel: Kernel = (first, ...rest) => {
    if (!(first instanceof Float32Array) || machine() === null) return reference(first, ...rest);
    let isWhole = false;
    try {
      twin(first, ...rest);
      isWhole = true;
    } finally {
      settle(isWhole);
    }
  };
  return kernel as Reference;
}

// Of each there is a twin in WebAssembly, of the same arguments:
export const abs = /* @__PURE__ */ either(reference.abs, twins.abs);
export const adagrad = /* @__PURE__ */ either(reference.adagrad, twins.adagrad);
export const adam = /* @__PURE__ */ either(reference.adam, twins.adam);
export const adaptiveAvgPool2d = /* @__PURE__ */ either(reference.adaptiveAvgPool2d, twins.adaptiveAvgPool2d);
export const adaptiveAvgPool2dGradient = /* @__PURE__ */ either(
  reference.adaptiveAvgPool2dGradient,
  twins.adaptiveAvgPool2dGradient,
);
export const adaptiveMaxPlaces2d = /* @__PURE__ */ either(reference.adaptiveMaxPlaces2d, twins.adaptiveMaxPlaces2d);
export const add = /* @__PURE__ */ either(reference.add, twins.add);
export const addToRows = /* @__PURE__ */ either(reference.addToRows, twins.addToRows);
export const argMax = /* @__PURE__ */ either(reference.argMax, twins.argMax);
export const argMin = /* @__PURE__ */ either(reference.argMin, twins.argMin);
export const avgPool2d = /* @__PURE__ */ either(reference.avgPool2d, twins.avgPool2d);
export const avgPool2dGradient = /* @__PURE__ */ either(reference.avgPool2dGradient, twins.avgPool2dGradient);
export const biasGradientChosen = /* @__PURE__ */ either(reference.biasGradientChosen, twins.biasGradientChosen);
export const clamp = /* @__PURE__ */ either(reference.clamp, twins.clamp);
export const conv2d = /* @__PURE__ */ either(reference.conv2d, twins.conv2d);
export const conv2dFilterGradient = /* @__PURE__ */ either(reference.conv2dFilterGradient, twins.conv2dFilterGradient);
export const conv2dFilterGradientChosen = /* @__PURE__ */ either(
  reference.conv2dFilterGradientChosen,
  twins.conv2dFilterGradientChosen,
);
export const conv2dInputGradient = /* @__PURE__ */ either(reference.conv2dInputGradient, twins.conv2dInputGradient);
export const conv2dInputGradientChosen = /* @__PURE__ */ either(
  reference.conv2dInputGradientChosen,
  twins.conv2dInputGradientChosen,
);
export const conv2dRelu = /* @__PURE__ */ either(reference.conv2dRelu, twins.conv2dRelu);
export const copyStrided = /* @__PURE__ */ either(reference.copyStrided, twins.copyStrided);
export const cumulativeSum = /* @__PURE__ */ either(reference.cumulativeSum, twins.cumulativeSum);
export const decay = /* @__PURE__ */ either(reference.decay, twins.decay);
export const divide = /* @__PURE__ */ either(reference.divide, twins.divide);
export const elu = /* @__PURE__ */ either(reference.elu, twins.elu);
export const eluSlope = /* @__PURE__ */ either(reference.eluSlope, twins.eluSlope);
export const equal = /* @__PURE__ */ either(reference.equal, twins.equal);
export const erf = /* @__PURE__ */ either(reference.erf, twins.erf);
export const exp = /* @__PURE__ */ either(reference.exp, twins.exp);
export const gather = /* @__PURE__ */ either(reference.gather, twins.gather);
export const gelu = /* @__PURE__ */ either(reference.gelu, twins.gelu);
export const geluSlope = /* @__PURE__ */ either(reference.geluSlope, twins.geluSlope);
export const geluTanh = /* @__PURE__ */ either(reference.geluTanh, twins.geluTanh);
export const geluTanhSlope = /* @__PURE__ */ either(reference.geluTanhSlope, twins.geluTanhSlope);
export const greater = /* @__PURE__ */ either(reference.greater, twins.greater);
export const greaterOrEqual = /* @__PURE__ */ either(reference.greaterOrEqual, twins.greaterOrEqual);
export const greaterShare = /* @__PURE__ */ either(reference.greaterShare, twins.greaterShare);
export const hardSigmoid = /* @__PURE__ */ either(reference.hardSigmoid, twins.hardSigmoid);
export const hardSigmoidSlope = /* @__PURE__ */ either(reference.hardSigmoidSlope, twins.hardSigmoidSlope);
export const leakyRelu = /* @__PURE__ */ either(reference.leakyRelu, twins.leakyRelu);
export const leakyReluSlope = /* @__PURE__ */ either(reference.leakyReluSlope, twins.leakyReluSlope);
export const log = /* @__PURE__ */ either(reference.log, twins.log);
export const logSoftmax = /* @__PURE__ */ either(reference.logSoftmax, twins.logSoftmax);
export const logSumExp = /* @__PURE__ */ either(reference.logSumExp, twins.logSumExp);
export const matmul = /* @__PURE__ */ either(reference.matmul, twins.matmul);
export const max = /* @__PURE__ */ either(reference.max, twins.max);
export const maxPool2d = /* @__PURE__ */ either(reference.maxPool2d, twins.maxPool2d);
export const maxPool2dOfRelu = /* @__PURE__ */ either(reference.maxPool2dOfRelu, twins.maxPool2dOfRelu);
export const maximum = /* @__PURE__ */ either(reference.maximum, twins.maximum);
export const min = /* @__PURE__ */ either(reference.min, twins.min);
export const minimum = /* @__PURE__ */ either(reference.minimum, twins.minimum);
export const mish = /* @__PURE__ */ either(reference.mish, twins.mish);
export const mishSlope = /* @__PURE__ */ either(reference.mishSlope, twins.mishSlope);
export const movingAverage = /* @__PURE__ */ either(reference.movingAverage, twins.movingAverage);
export const multiply = /* @__PURE__ */ either(reference.multiply, twins.multiply);
export const negate = /* @__PURE__ */ either(reference.negate, twins.negate);
export const normalDensity = /* @__PURE__ */ either(reference.normalDensity, twins.normalDensity);
export const pow = /* @__PURE__ */ either(reference.pow, twins.pow);
export const product = /* @__PURE__ */ either(reference.product, twins.product);
export const putChosen = /* @__PURE__ */ either(reference.putChosen, twins.putChosen);
export const putGathered = /* @__PURE__ */ either(reference.putGathered, twins.putGathered);
export const putOpen = /* @__PURE__ */ either(reference.putOpen, twins.putOpen);
export const putPlaces = /* @__PURE__ */ either(reference.putPlaces, twins.putPlaces);
export const putTaken = /* @__PURE__ */ either(reference.putTaken, twins.putTaken);
export const relu = /* @__PURE__ */ either(reference.relu, twins.relu);
export const reluGradient = /* @__PURE__ */ either(reference.reluGradient, twins.reluGradient);
export const rmsProp = /* @__PURE__ */ either(reference.rmsProp, twins.rmsProp);
export const sgd = /* @__PURE__ */ either(reference.sgd, twins.sgd);
export const sigmoid = /* @__PURE__ */ either(reference.sigmoid, twins.sigmoid);
export const sign = /* @__PURE__ */ either(reference.sign, twins.sign);
export const silu = /* @__PURE__ */ either(reference.silu, twins.silu);
export const softmax = /* @__PURE__ */ either(reference.softmax, twins.softmax);
export const softmaxCrossEntropy = /* @__PURE__ */ either(reference.softmaxCrossEntropy, twins.softmaxCrossEntropy);
export const softplus = /* @__PURE__ */ either(reference.softplus, twins.softplus);
export const softplusSlope = /* @__PURE__ */ either(reference.softplusSlope, twins.softplusSlope);
export const sqrt = /* @__PURE__ */ either(reference.sqrt, twins.sqrt);
export const standardise = /* @__PURE__ */ either(reference.standardise, twins.standardise);
export const standardiseGradient = /* @__PURE__ */ either(reference.standardiseGradient, twins.standardiseGradient);
export const subtract = /* @__PURE__ */ either(reference.subtract, twins.subtract);
export const sum = /* @__PURE__ */ either(reference.sum, twins.sum);
export const take = /* @__PURE__ */ either(reference.take, twins.take);
export const takeChosen = /* @__PURE__ */ either(reference.takeChosen, twins.takeChosen);
export const takeOpen = /* @__PURE__ */ either(reference.takeOpen, twins.takeOpen);
export const takePlaces = /* @__PURE__ */ either(reference.takePlaces, twins.takePlaces);
export const tanh = /* @__PURE__ */ either(reference.tanh, twins.tanh);
export const where = /* @__PURE__ */ either(reference.where, twins.where);
export const within = /* @__PURE__ */ either(reference.within, twins.within);
