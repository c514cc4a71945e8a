import { power } from '../../arithmetic/index.ts';
import { changeable, launch, readable } from '../launch.ts';
import { state } from '../state.ts';

/*
 * The twins of the optimisers' loops, which stand in packages/nn/src/optimisers, each in the file of its optimiser.
 *
 * What the loop computes of the numbers, once or for every parameter anew, is computed here in float64; the kernels
 * round it to float32.
 */

/** How stochastic gradient descent takes one step. */
export type SGDNumbers = readonly [
  learningRate: number,
  momentum: number,
  dampening: number,
  weightDecay: number,
  nesterov: boolean,
  isFirst: boolean,
];

/** How Adam takes one step. */
export type AdamNumbers = readonly [
  learningRate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  weightDecay: number,
  step: number,
];

/** How RMSProp takes one step. */
export type RMSPropNumbers = readonly [
  learningRate: number,
  alpha: number,
  epsilon: number,
  weightDecay: number,
  momentum: number,
];

/** How Adagrad takes one step. */
export type AdagradNumbers = readonly [
  learningRate: number,
  learningRateDecay: number,
  epsilon: number,
  weightDecay: number,
  step: number,
];

/** How many parameters are one piece of work: some ten microseconds. */
const grain = 8192;

export function sgd(
  parameter: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array | null,
  length: number,
  ...[learningRate, momentum, dampening, weightDecay, nesterov, isFirst]: SGDNumbers
): void {
  const arrays = [changeable(parameter), readable(gradient), changeableOr0(velocity)];
  const numbers = [learningRate, momentum, 1 - dampening, weightDecay, Number(nesterov), Number(isFirst)];
  launch('sgd', length, grain, ...arrays, ...numbers);
}

export function adam(
  parameter: Float32Array,
  gradient: Float32Array,
  m: Float32Array,
  v: Float32Array,
  largest: Float32Array | null,
  length: number,
  ...[learningRate, beta1, beta2, epsilon, weightDecay, step]: AdamNumbers
): void {
  const { ofMean, ofSquare } = correctionsOf(beta1, beta2, step);
  const rate = learningRate / ofMean;
  const scale = 1 / Math.sqrt(ofSquare);
  const running = [changeable(m), changeable(v), changeableOr0(largest)];
  const numbers = [rate, 1 - beta1, beta2, 1 - beta2, scale, epsilon, weightDecay];
  launch('adam', length, grain, changeable(parameter), readable(gradient), ...running, ...numbers);
}

/** 1 - β₁^step and 1 - β₂^step, by which Adam's means are divided. Powers to the last digit take a microsecond. */
function correctionsOf(beta1: number, beta2: number, step: number): typeof state.corrections {
  const known = state.corrections;
  if (known.step !== step || known.beta1 !== beta1 || known.beta2 !== beta2) {
    Object.assign(known, { beta1, beta2, step, ofMean: 1 - power(beta1, step), ofSquare: 1 - power(beta2, step) });
  }
  return known;
}

export function decay(parameter: Float32Array, length: number, factor: number): void {
  launch('decay', length, grain, changeable(parameter), factor);
}

export function rmsProp(
  parameter: Float32Array,
  gradient: Float32Array,
  v: Float32Array,
  mean: Float32Array | null,
  velocity: Float32Array | null,
  length: number,
  ...[learningRate, alpha, epsilon, weightDecay, momentum]: RMSPropNumbers
): void {
  const running = [changeable(v), changeableOr0(mean), changeableOr0(velocity)];
  const numbers = [learningRate, alpha, 1 - alpha, epsilon, weightDecay, momentum];
  launch('rmsProp', length, grain, changeable(parameter), readable(gradient), ...running, ...numbers);
}

export function adagrad(
  parameter: Float32Array,
  gradient: Float32Array,
  total: Float32Array,
  length: number,
  ...[learningRate, learningRateDecay, epsilon, weightDecay, step]: AdagradNumbers
): void {
  const rate = learningRate / (1 + (step - 1) * learningRateDecay);
  const arrays = [changeable(parameter), readable(gradient), changeable(total)];
  launch('adagrad', length, grain, ...arrays, rate, epsilon, weightDecay);
}

/** The address of an array that the kernel changes, and 0 for one that is not there. */
function changeableOr0(array: Float32Array | null): number {
  return array === null ? 0 : changeable(array);
}
