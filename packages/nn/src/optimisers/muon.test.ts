import { matmul, Parameter, reshape, type Tensor, tensor, transpose } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double, uniform } from '../../../core/test/numbers.ts';
import { madeUp } from '../../test/steps.ts';
import { stepDecay } from '../schedules/stepDecay.ts';
import { Muon, type MuonSettings } from './muon.ts';
import { orthogonalise } from './orthogonalise.ts';

const start = [
  [1, -1.5, 0.5],
  [0.25, 2, -1],
];
const gradients = [
  [
    [1, 2, -1],
    [0.5, -1, 2],
  ],
  [
    [-0.5, 1, 0],
    [3, 0.25, 1],
  ],
];

interface Case {
  readonly name: string;
  readonly settings: Partial<MuonSettings>;
  readonly isTall?: boolean;
  readonly wanted: readonly (readonly number[])[];
}

/** What PyTorch 2.13 gives in float64 where its orthogonalisation is kept from rounding to bfloat16. */
const recorded: readonly Case[] = [
  {
    name: 'a matrix',
    settings: { learningRate: 0.1 },
    wanted: [
      [0.9287707763773, -1.5521431944763, 0.48708515766132, 0.19317885128761, 1.97801179188658, -1.06899646292682],
      [0.90514047147748, -1.64301238617638, 0.49826128463859, 0.12974745452695, 1.952510993938, -1.09271608831699],
    ],
  },
  {
    name: 'a tall matrix without decay',
    settings: { learningRate: 0.1, weightDecay: 0 },
    isTall: true,
    wanted: [
      [0.92500982238881, 0.1834704517064, -1.58223328308369, 1.99756495230983, 0.49030633743783, -1.09675051282769],
      [0.90744380010401, 0.10814912191234, -1.71253465375687, 1.99055857878256, 0.50995979212302, -1.13889348173069],
    ],
  },
  {
    name: 'plain momentum, three steps, the rate of AdamW',
    settings: { learningRate: 0.1, nesterov: false, momentum: 0.5, steps: 3, adjust: 'matchAdamW' },
    wanted: [
      [0.97000398184006, -1.50867084008918, 0.49459452287156, 0.23050719253544, 1.98134322246771, -1.01716823928147],
      [0.95617337440909, -1.52555125247891, 0.49517790407147, 0.20430898769402, 1.96082583578268, -1.02106455135815],
    ],
  },
];

/** PyTorch as it is, for the first case. */
const inBfloat16 = [0.9050375, -1.6390015625, 0.498036328125, 0.13033359375, 1.95264226074219, -1.09181875];

const turned = (of: readonly (readonly number[])[], isTall = false): Tensor => {
  const x = double(of);
  return isTall ? tensor(transpose(x).toFlatArray().slice(), { shape: [3, 2] }) : x;
};
const flat = (x: Tensor): Tensor => reshape(x, [x.size]);

describe.each(dataTypes)('in %s', (dtype) => {
  test.each(recorded)('gives the numbers of PyTorch: $name', ({ settings, isTall, wanted }) => {
    const cast = (x: Tensor): Tensor => tensor(x.toNdarray(), { dtype });
    const x = new Parameter('x', cast(turned(start, isTall)));
    const optimiser = new Muon([x], settings);
    gradients.forEach((gradient, step) => {
      optimiser.step(madeUp(new Map([[x, cast(turned(gradient, isTall))]])));
      expectClose(flat(x), wanted[step], dtype === 'float64' ? 1e-13 : 1e-5);
    });
  });
});

test('is within the rounding of bfloat16 of PyTorch as it is', () => {
  const x = new Parameter('x', double(start));
  const optimiser = new Muon([x], { learningRate: 0.1 });
  for (const gradient of gradients) optimiser.step(madeUp(new Map([[x, double(gradient)]])));
  expectClose(flat(x), inBfloat16, 5e-3);
});

test('brings all singular values near 1, and keeps what they belong to', () => {
  // Diagonal: the singular values are seen.
  const numbers = [100, 10, 1, 0.5];
  const g = tensor(
    Float64Array.from({ length: 24 }, (_, at) => (at % 7 === 0 ? numbers[at / 7] : 0)),
    { shape: [4, 6] },
  );
  const o = orthogonalise(g, [3.4445, -4.775, 2.0315], 5, 1e-7);
  const gram = matmul(o, transpose(o)).toList() as number[][];
  gram.forEach((row, i) => {
    row.forEach((number, j) => {
      if (i !== j) expect(number).toBe(0);
    });
  });
  // The largest three; a value of 0.5 in 100 takes more steps to rise.
  for (const i of [0, 1]) expect(Math.sqrt(gram[i][i])).toBeGreaterThan(0.65);
  for (const i of [0, 1, 2, 3]) expect(Math.sqrt(gram[i][i])).toBeLessThan(1.25);
});

test('takes a filter of a convolution as one row', () => {
  const numbers = uniform([4, 2, 3, 3]);
  const g = uniform([4, 2, 3, 3], { seed: 2 });
  const filters = new Parameter('filters', tensor(numbers));
  const rows = new Parameter('rows', reshape(tensor(numbers), [4, 18]));
  new Muon([filters]).step(madeUp(new Map([[filters, tensor(g)]])));
  new Muon([rows]).step(madeUp(new Map([[rows, reshape(tensor(g), [4, 18])]])));
  expectClose(reshape(filters, [4, 18]), rows, 0);
});

test('a gradient of zeros moves nothing but the decay', () => {
  const x = new Parameter('x', double([[1, 2]]));
  new Muon([x], { learningRate: 0.1 }).step(madeUp(new Map([[x, double([[0, 0]])]])));
  expectClose(x, [[0.99, 1.98]], 1e-15);
});

test('goes on from its state', () => {
  const [x, y] = ['x', 'x'].map((name) => new Parameter(name, double(start)));
  const [first, second] = [new Muon([x]), new Muon([y])];
  first.step(madeUp(new Map([[x, double(gradients[0])]])));
  y.assign(x);
  second.load(first.state());
  first.step(madeUp(new Map([[x, double(gradients[1])]])));
  second.step(madeUp(new Map([[y, double(gradients[1])]])));
  expect(y.toList()).toEqual(x.toList());
});

test('a schedule scales every group by its own rate', () => {
  const [x, y] = ['x', 'y'].map((name) => new Parameter(name, double(start)));
  const optimiser = new Muon([{ parameters: [x] }, { parameters: [y], learningRate: 0.002 }], { learningRate: 0.02 });
  const schedule = stepDecay({ base: 0.02, size: 2, gamma: 0.5 });
  const rates = [0, 1, 2, 3].map((step) => {
    optimiser.learningRate = schedule(step);
    return optimiser.groups.map(({ learningRate }) => learningRate);
  });
  expect(rates).toEqual([
    [0.02, 0.002],
    [0.02, 0.002],
    [0.01, 0.001],
    [0.01, 0.001],
  ]);
});

test('refuses what it is not for, and settings out of range', () => {
  const make = (settings: Partial<MuonSettings>) => () => new Muon([new Parameter('x', double(start))], settings);
  const messages = messagesOf({
    bias: () => new Muon([new Parameter('conv1.bias', double([1]))]),
    steps: make({ steps: 0 }),
    momentum: make({ momentum: 1 }),
    adjust: make({ adjust: 'none' as 'original' }),
    coefficients: make({ coefficients: [1, Number.NaN, 0] }),
  });
  expect(messages.bias).toBe(
    'ValueError: Muon: the parameter conv1.bias of shape [1]; wanted weights with two axes or more. Give biases and the weights of normalisations to another optimiser, such as AdamW.',
  );
  expect(messages.steps).toContain('Muon: steps is 0; wanted a whole number from 1 to 99.');
  expect(messages.momentum).toContain('Muon: momentum is 1; wanted a number from 0 to below 1.');
  expect(messages.adjust).toContain("Muon: adjust is 'none'; wanted 'original' or 'matchAdamW'.");
  expect(messages.coefficients).toContain('Muon: coefficients[1] is NaN');
});
