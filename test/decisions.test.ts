import { readFileSync } from 'node:fs';
import {
  abs,
  avgPool1d,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  celu,
  clamp,
  cosineEmbeddingLoss,
  Dropout,
  elu,
  gelu,
  greater,
  instanceNorm,
  klDivergenceWithLogProbabilities,
  l1Loss,
  leakyRelu,
  log,
  logSumExp,
  max,
  maxAlong,
  maximum,
  maxPool1dWithIndices,
  maxPool2d,
  mean,
  min,
  minimum,
  mish,
  mseLoss,
  multiply,
  NonFiniteError,
  norm,
  Parameter,
  pow,
  prelu,
  product,
  RMSProp,
  relu,
  relu6,
  selu,
  sign,
  silu,
  softmaxCrossEntropy,
  softplus,
  sqrt,
  square,
  standardDeviation,
  sum,
  Tape,
  type Tensor,
  tensor,
  tripletMarginLoss,
  ValueError,
  variance,
  where,
} from 'tapegrad';
import { expect, test } from 'vitest';

/*
 * docs/differences.md has two tables of numbers for which there is more than one answer. Each row is checked here, by its first
 * column: what is ours by a call, what is PyTorch's by the page alone, where PyTorch 2.13 said it.
 */

type Numbers = number | readonly (number | readonly Numbers[])[];

/** The gradients of the sum of f by all of its inputs. */
function slopes(f: (...x: Tensor[]) => Tensor, ...inputs: readonly Numbers[]): unknown {
  using tape = new Tape();
  const x = inputs.map((numbers) => tape.watch(tensor(numbers as number[], { dtype: 'float64' })));
  const gradients = tape.gradients(sum(f(...x)), { withRespectTo: x });
  const all = x.map((each) => gradients.get(each).toList());
  return all.length === 1 ? all[0] : all;
}

/** The derivative of the sum of the derivative of f. */
function curvature(f: (x: Tensor) => Tensor, at: number): number {
  using tape = new Tape();
  const x = tape.watch(tensor([at], { dtype: 'float64' }));
  const slope = tape.gradients(sum(f(x)), { differentiable: true, withRespectTo: [x] }).get(x);
  return tape
    .gradients(sum(slope), { withRespectTo: [x] })
    .get(x)
    .toFlatArray()[0];
}

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

const otherwise: Readonly<Record<string, () => void>> = {
  '`where(x > 0, log(x), 0)` at 0': () => {
    expect(slopes((x) => where(greater(x, 0), log(x), 0), [0, 2])).toEqual([0, 0.5]);
  },
  '`sqrt(x)` times 0, at 0': () => {
    expect(slopes((x) => multiply(sqrt(x), 0), [0])).toEqual([0]);
  },
  'a finite loss with a gradient of NaN, as of `sqrt(sum(square(x)))` at 0': () => {
    const root = (x: Tensor): Tensor => sqrt(sum(square(x)));
    expect(() => slopes(root, [0, 0])).toThrow(NonFiniteError);
    expect(() => slopes(root, [0, 0])).toThrow(/the first step back with NaN or infinity is %3 \[\] sqrt/);
    using tape = new Tape();
    const x = tape.watch([0, 0]);
    expect(tape.gradients(root(x), { nonFinite: 'allow' }).get(x).toList()).toEqual([nan, nan]);
  },
  'two NaN under the window of a max pooling': () => {
    const { indices } = maxPool1dWithIndices([[[1, nan, nan]]], { kernelSize: 3 });
    expect(Array.from(indices)).toEqual([1]);
  },
  'a window of a max pooling over padding alone, as dilation makes possible': () => {
    const options = { kernelSize: 2, stride: 1, padding: 1, dilation: 3 };
    const { output, indices } = maxPool1dWithIndices([[[1, 2]]], options);
    expect([output.toList(), Array.from(indices)]).toEqual([[[[-inf]]], [-1]]);
    const finite = (x: Tensor): Tensor => where([0], maxPool1dWithIndices(x, options).output, 1);
    expect(slopes(finite, [[[1, 2]]])).toEqual([[[0, 0]]]);
  },
  'the largest of no numbers, `max`': () => {
    expect(max([]).item()).toBe(-inf);
  },
  '`sign` of NaN': () => {
    expect(sign([nan, 0, -0]).toList()).toEqual([nan, 0, -0]);
  },
  '`silu`, `gelu`, `mish` of -Infinity': () => {
    for (const f of [silu, gelu, mish]) expect(f([-inf]).toFlatArray()[0]).toBeCloseTo(0, 12);
  },
  '`celu` with a negative alpha': () => {
    expect(() => celu([1], { alpha: -1 })).toThrow(ValueError);
  },
  '`norm` with `ord` below 1': () => {
    expect(() => norm([1], { ord: 0.5 })).toThrow(ValueError);
  },
  '`softmaxCrossEntropy` of probabilities: 0 for a class whose logit is -Infinity': () => {
    expect(softmaxCrossEntropy([[0, -inf]], [[1, 0]]).item()).toBe(0);
  },
  '`binaryCrossEntropyWithLogits` with a target beyond 0 to 1': () => {
    expect(() => binaryCrossEntropyWithLogits([1], [2])).toThrow(ValueError);
  },
  '`binaryCrossEntropy` at p = 0 or 1': () => {
    expect(slopes((p) => binaryCrossEntropy(p, [1, 0, 1], { reduction: 'sum' }), [0, 0, 1])).toEqual([0, 1, -1]);
  },
  '`klDivergenceWithLogProbabilities`: the gradient by a target of 0': () => {
    const divergence = (q: Tensor, p: Tensor): Tensor => klDivergenceWithLogProbabilities(q, p, { reduction: 'sum' });
    expect(slopes(divergence, [-1, -2], [0, 1])).toEqual([
      [-0, -1],
      [0, 3],
    ]);
  },
  '`cosineEmbeddingLoss` and `tripletMarginLoss` at their margin': () => {
    const zero = [[0, 0]];
    expect(slopes((a) => cosineEmbeddingLoss(a, [[0, 1]], [-1]), [[1, 0]])).toEqual(zero);
    expect(slopes((a) => tripletMarginLoss(a, [[1, 0]], [[1, 0]], { margin: 0 }), zero)).toEqual(zero);
  },
  '`instanceNorm` of one number': () => {
    expect(instanceNorm([[[7]]]).toList()).toEqual([[[0]]]);
  },
  'a dropout of rate 1': () => {
    expect(() => new Dropout({ rate: 1 })).toThrow(ValueError);
  },
  'centred RMSProp: a variance that is rounded below 0': () => {
    const x = new Parameter('x', tensor([1]));
    const optimiser = new RMSProp([x], { centred: true, alpha: 0.9 });
    const gradient = tensor([3]);
    // In PyTorch the parameter is NaN from step 132 on.
    for (let step = 0; step < 600; step++) optimiser.step({ has: () => true, get: () => gradient });
    expect(x.toFlatArray()[0]).toBeLessThan(1);
  },
};

const alike: Readonly<Record<string, () => void>> = {
  '`abs`, `relu`, `relu6`, `l1Loss` at their kinks': () => {
    const l1 = (x: Tensor): Tensor => l1Loss(x, [0], { reduction: 'sum' });
    for (const f of [abs, relu, relu6, l1]) expect(slopes(f, [0])).toEqual([0]);
    expect(slopes(relu6, [6])).toEqual([0]);
  },
  '`leakyRelu`, `prelu` at 0': () => {
    expect(slopes((x) => leakyRelu(x, { slope: 0.25 }), [0])).toEqual([0.25]);
    expect(slopes((x) => prelu(x, [0.25]), [[0]])).toEqual([[0.25]]);
  },
  '`clamp` at its ends': () => {
    expect(slopes((x) => clamp(x, { min: 0, max: 1 }), [0, 1])).toEqual([1, 1]);
  },
  '`max`, `min`, `norm` with `ord: Infinity` of equal numbers': () => {
    const largest = (x: Tensor): Tensor => norm(x, { ord: inf });
    for (const f of [(x: Tensor) => max(x), largest]) expect(slopes(f, [1, 1, 0])).toEqual([0.5, 0.5, 0]);
    expect(slopes((x) => min(x), [1, 1, 2])).toEqual([0.5, 0.5, 0]);
  },
  '`maximum`, `minimum` of equal numbers': () => {
    for (const f of [maximum, minimum]) expect(slopes(f, [1], [1])).toEqual([[0.5], [0.5]]);
  },
  '`maxAlong`, max pooling of equal numbers': () => {
    expect(slopes((x) => maxAlong(x, { axis: 0 }).values, [1, 1, 0])).toEqual([1, 0, 0]);
    expect(slopes((x) => maxPool2d(x, { kernelSize: [1, 3] }), [[[[1, 1, 0]]]])).toEqual([[[[1, 0, 0]]]]);
  },
  '`norm` and `standardDeviation` where they are 0': () => {
    for (const ord of [1, 2, 3]) expect(slopes((x) => norm(x, { ord }), [0, 0])).toEqual([0, 0]);
    expect(slopes((x) => standardDeviation(x), [1, 1])).toEqual([0, 0]);
  },
  'second derivatives of `elu`, `selu` at 0, and of `softplus` at its threshold': () => {
    for (const f of [elu, selu]) expect(curvature(f, 0)).toBe(0);
    expect(curvature((x) => softplus(x, { threshold: 1.5 }), 1.5)).toBe(0);
  },
  '`pow(0, 0)`': () => {
    expect(pow([0], [0]).toList()).toEqual([1]);
    expect(slopes(pow, [0], [0])).toEqual([[0], [0]]);
  },
  'a weighted mean whose weights are all 0, label smoothing or not; a mean of nothing': () => {
    for (const labelSmoothing of [0, 0.1]) {
      expect(softmaxCrossEntropy([[1, 2]], [0], { weight: [0, 1], labelSmoothing }).item()).toBeNaN();
    }
    expect(mean([]).item()).toBeNaN();
    expect(mseLoss([], []).item()).toBeNaN();
  },
  '`variance` and `standardDeviation` of one number': () => {
    expect(variance([1], { correction: 1 }).item()).toBeNaN();
    expect(standardDeviation([1]).item()).toBeNaN();
  },
  'the mean under a window that ceil mode lets hang over the edge': () => {
    const options = { kernelSize: 2, stride: 2, padding: 1, ceilMode: true };
    expect(avgPool1d([[[1, 2, 3]]], options).toList()).toEqual([[[0.5, 2.5]]]);
    const two = { kernelSize: 2, stride: 2, ceilMode: true };
    expect(avgPool1d([[[1, 2, 3]]], two).toList()).toEqual([[[1.5, 3]]]);
  },
  '`product` of nothing, `logSumExp` of nothing': () => {
    expect([product([]).item(), logSumExp([]).item()]).toEqual([1, -inf]);
  },
};

const page = readFileSync(new URL('../docs/differences.md', import.meta.url), 'utf8');

/** The first column of the table under a heading. */
function rowsUnder(heading: string): string[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const rows = section
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) => row.split(' | ')[0].slice(2));
}

test.each([
  ['Numbers decided otherwise than in PyTorch', otherwise],
  ['Numbers decided as in PyTorch', alike],
])('%s: each row has its check', (heading, checks) => {
  expect(rowsUnder(heading)).toEqual(Object.keys(checks));
});

test.each(Object.entries({ ...otherwise, ...alike }))('%s', (_, check) => check());
