import { conv2d, maxPool2d, ones, Parameter, softmax, sum, tensor } from '@tapegrad/core';
import { Adam, Conv2d, cosineAnnealing, Dropout, LayerNorm, softmaxCrossEntropy } from '@tapegrad/nn';
import fc from 'fast-check';
import type { Target } from './targets.ts';

const images = ones([1, 1, 4, 4]);
const filters = ones([1, 1, 2, 2]);

/** Functions of several kinds, each with options that are right. */
const takers: readonly (readonly [call: (options: never) => unknown, right: Readonly<Record<string, unknown>>])[] = [
  [(options) => sum([[1, 2]], options), { axes: 1, keepDims: true }],
  [(options) => softmax([[1, 2]], options), { axis: 1 }],
  [(options) => tensor([1], options), { dtype: 'float64', shape: [1] }],
  [(options) => conv2d(images, filters, options), { stride: 1, padding: 1, dilation: 1, groups: 1 }],
  [(options) => maxPool2d(images, options), { kernelSize: 2, stride: 1 }],
  [(options) => softmaxCrossEntropy([[1, 2]], [0], options), { labelSmoothing: 0.1, reduction: 'sum' }],
  [(options) => new Adam([new Parameter('w', ones([2]))], options), { learningRate: 0.1, epsilon: 1e-8 }],
  [(options) => new Conv2d(options), { outChannels: 2, kernelSize: 3 }],
  [(options) => new Dropout(options), { rate: 0.5 }],
  [(options) => new LayerNorm(options), { axes: 1, epsilon: 1e-5 }],
  [(options) => cosineAnnealing(options), { base: 1, period: 10 }],
];

const names = [...new Set(takers.flatMap(([, right]) => Object.keys(right)))];
const misspelt = fc
  .tuple(fc.constantFrom(...names), fc.nat(20), fc.constantFrom('', '_', 's', 'X'))
  .map(([name, at, letter]) => name.slice(0, at) + letter + name.slice(at + 1));

interface Question {
  readonly taker: number;
  readonly name: string;
  readonly value: unknown;
}

const questions: fc.Arbitrary<Question> = fc.record({
  taker: fc.nat(takers.length - 1),
  name: fc.oneof(misspelt, fc.constantFrom(...names, '__proto__', 'constructor', 'toString'), fc.string()),
  value: fc.anything(),
});

/** All of this call's options, and another one beside them: a name that it does not know never goes unheard. */
export const unknownOptionsTarget: Target = {
  name: 'options that nobody knows',
  inputs: questions,
  read: (input) => {
    const { taker, name, value } = input as Question;
    const [call, right] = takers[taker];
    call(right as never);
    if (Object.hasOwn(right, name)) return;
    const known = knownOf(call);
    if (known.includes(name)) return;
    const options = Object.defineProperty({ ...right }, name, { value, enumerable: true });
    call(options as never);
    throw new Error(`${JSON.stringify(name)} was taken without a word`);
  },
};

/** The options that a function says it has, where it is given another one. */
function knownOf(call: (options: never) => unknown): readonly string[] {
  try {
    call({ 'no such option': 1 } as never);
  } catch (error) {
    if (error instanceof Error && 'wanted' in error) return String(error.wanted).split(', ');
    throw error;
  }
  throw new Error('an option was taken without a word');
}
