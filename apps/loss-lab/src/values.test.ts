import { reshape, Tape, type Tensor, tensor } from '@tapegrad/core';
import {
  additiveMarginSoftmaxLoss,
  arcFaceLoss,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  centreLoss,
  contrastiveLoss,
  cosineEmbeddingLoss,
  crossEntropyOfDistributions,
  diceLoss,
  entropy,
  focalLoss,
  halfSquaredLoss,
  hingeLoss,
  huberLoss,
  jensenShannonDivergence,
  klDivergence,
  klDivergenceWithLogProbabilities,
  l1Loss,
  l1Penalty,
  l2Penalty,
  l2SoftmaxLoss,
  largeMarginSoftmaxLoss,
  logCoshLoss,
  mseLoss,
  multiMarginLoss,
  nllLoss,
  quantileLoss,
  smoothL1Loss,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithTemperature,
  tripletMarginLoss,
} from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { inProcess } from '../test/inProcess.ts';
import { losses } from './losses/index.ts';
import { writtenNumbers } from './writtenNumbers.ts';

type Watch = (name: string, numbers: Parameters<typeof tensor>[0]) => Tensor;
type Direct = (watch: Watch) => Tensor;

const p = [0.7, 0.2, 0.1];
const q = [0.2, 0.6, 0.2];
const rows = [
  [3, 1, -3],
  [0, 0, 1],
];
const logRows = [p, q].map((row) => row.map(Math.log));
const [rowsText, logRowsText] = ['3,1,-3;0,0,1', 'ln(.7),ln(.2),ln(.1);ln(.2),ln(.6),ln(.2)'];

/** A command line with options that are not the defaults, and the same written in TypeScript. */
const cases: Readonly<Record<string, readonly [args: readonly string[], direct: Direct]>> = {
  'softmax-cross-entropy': [
    ['--logits', rowsText, '--target', '0,2', '--weight', '1,2,.5', '--label-smoothing', '.1', '--reduction', 'sum'],
    (watch) =>
      softmaxCrossEntropy(watch('logits', rows), [0, 2], {
        weight: [1, 2, 0.5],
        labelSmoothing: 0.1,
        reduction: 'sum',
      }),
  ],
  'softmax-cross-entropy-with-temperature': [
    ['--logits', rowsText, '--target', '0,2', '--temperature', '4', '--example-weight', '1,.5'],
    (watch) =>
      softmaxCrossEntropyWithTemperature(watch('logits', rows), [0, 2], { temperature: 4, exampleWeight: [1, 0.5] }),
  ],
  'l2-softmax': [
    [
      '--features',
      '3,1,-3;0,0,1',
      '--weight',
      rowsText,
      '--target',
      '0,1',
      '--scale',
      '2',
      '--bias',
      '.5,0',
      '--by',
      'weight',
    ],
    (watch) => l2SoftmaxLoss(rows, watch('weight', rows), [0, 1], { scale: 2, bias: [0.5, 0] }),
  ],
  'large-margin': [
    ['--features', '1,.5,2', '--weight', rowsText, '--target', '1', '--margin', '3', '--annealing', '2'],
    (watch) =>
      largeMarginSoftmaxLoss(reshape(watch('features', [1, 0.5, 2]), [1, 3]), watch('weight', rows), [1], {
        margin: 3,
        annealing: 2,
      }),
  ],
  'additive-margin': [
    [
      '--features',
      rowsText,
      '--weight',
      rowsText,
      '--target',
      '1,0',
      '--margin',
      '.2',
      '--scale',
      '3',
      '--class-weight',
      '1,3',
    ],
    (watch) =>
      additiveMarginSoftmaxLoss(watch('features', rows), watch('weight', rows), [1, 0], {
        margin: 0.2,
        scale: 3,
        classWeight: [1, 3],
      }),
  ],
  arcface: [
    ['--features', rowsText, '--weight', rowsText, '--target', '1,0', '--margin', '.2', '--scale', '3'],
    (watch) => arcFaceLoss(watch('features', rows), watch('weight', rows), [1, 0], { margin: 0.2, scale: 3 }),
  ],
  centre: [
    ['--features', rowsText, '--centres', '1,1,1;2,0,2', '--target', '1,0', '--example-weight', '2,1'],
    (watch) =>
      centreLoss(watch('features', rows), watch('centres', [[1, 1, 1], [2, 0, 2]]), [1, 0], { exampleWeight: [2, 1] }), // biome-ignore format: a matrix
  ],
  'binary-cross-entropy': [
    ['--probabilities', '.9,.2', '--target', '.5,0', '--example-weight', '1,3'],
    (watch) => binaryCrossEntropy(watch('probabilities', [0.9, 0.2]), [0.5, 0], { exampleWeight: [1, 3] }),
  ],
  dice: [
    ['--probabilities', '.9,.2;.1,.3', '--target', '1,0;0,1', '--smooth', '.5', '--squared'],
    (watch) => diceLoss(watch('probabilities', [[0.9, 0.2], [0.1, 0.3]]), [[1, 0], [0, 1]], { smooth: 0.5, squared: true }), // biome-ignore format: a matrix
  ],
  cosine: [
    ['--first', rowsText, '--second', '1,1,1;2,0,2', '--target', '1,-1', '--margin', '-.5'],
    (watch) =>
      cosineEmbeddingLoss(watch('first', rows), watch('second', [[1, 1, 1], [2, 0, 2]]), [1, -1], { margin: -0.5 }), // biome-ignore format: a matrix
  ],
  contrastive: [
    ['--first', rowsText, '--second', '1,1,1;2,0,2', '--target', '1,0', '--margin', '5'],
    (watch) => contrastiveLoss(watch('first', rows), watch('second', [[1, 1, 1], [2, 0, 2]]), [1, 0], { margin: 5 }), // biome-ignore format: a matrix
  ],
  triplet: [
    [
      '--anchor',
      rowsText,
      '--positive',
      '1,1,1;2,0,2',
      '--negative',
      '3,1,-2;0,1,1',
      '--p',
      '1',
      '--swap',
      '--margin',
      '2',
    ],
    (watch) =>
      tripletMarginLoss(
        watch('anchor', rows),
        watch('positive', [[1, 1, 1], [2, 0, 2]]), // biome-ignore format: a matrix
        watch('negative', [[3, 1, -2], [0, 1, 1]]), // biome-ignore format: a matrix
        { p: 1, swap: true, margin: 2 },
      ),
  ],
  nll: [
    ['--log-probabilities', logRowsText, '--target', '0,9', '--weight', '2,1,1', '--ignore-index', '9'],
    (watch) => nllLoss(watch('logProbabilities', logRows), [0, 9], { weight: [2, 1, 1], ignoreIndex: 9 }),
  ],
  focal: [
    ['--logits', rowsText, '--target', '1,2', '--gamma', '1.5', '--alpha', '.25,.75,1'],
    (watch) => focalLoss(watch('logits', rows), [1, 2], { gamma: 1.5, alpha: [0.25, 0.75, 1] }),
  ],
  'multi-margin': [
    ['--logits', rowsText, '--target', '1,0', '--p', '2', '--margin', '.5', '--weight', '1,2,1', '--ignore-index', '7'],
    (watch) => multiMarginLoss(watch('logits', rows), [1, 0], { p: 2, margin: 0.5, weight: [1, 2, 1] }),
  ],
  'binary-cross-entropy-with-logits': [
    ['--logits', '2,-1', '--target', '.9,0', '--pos-weight', '3', '--weight', '1,.5', '--by', 'logits,target'],
    (watch) =>
      binaryCrossEntropyWithLogits(watch('logits', [2, -1]), watch('target', [0.9, 0]), {
        posWeight: 3,
        weight: [1, 0.5],
      }),
  ],
  hinge: [
    ['--prediction', '-.3,2', '--target', '-1,1', '--reduction', 'sum'],
    (watch) => hingeLoss(watch('prediction', [-0.3, 2]), [-1, 1], { reduction: 'sum' }),
  ],
  mse: [
    ['--prediction', '-3,1', '--target=-1,2', '--by', 'target,prediction'],
    (watch) => mseLoss(watch('prediction', [-3, 1]), watch('target', [-1, 2])),
  ],
  'half-squared': [
    ['--prediction', '-3,1', '--target', '-1,2'],
    (watch) => halfSquaredLoss(watch('prediction', [-3, 1]), [-1, 2]),
  ],
  l1: [
    ['--prediction=-3,1', '--target', '-1,2', '--reduction', 'sum'],
    (watch) => l1Loss(watch('prediction', [-3, 1]), [-1, 2], { reduction: 'sum' }),
  ],
  huber: [
    ['--prediction', '2.5,-.2', '--target', '0,0', '--delta', '.7'],
    (watch) => huberLoss(watch('prediction', [2.5, -0.2]), [0, 0], { delta: 0.7 }),
  ],
  'smooth-l1': [
    ['--prediction', '2.5,-.2', '--target', '0,0', '--beta', '.7'],
    (watch) => smoothL1Loss(watch('prediction', [2.5, -0.2]), [0, 0], { beta: 0.7 }),
  ],
  'log-cosh': [
    ['--prediction', '2.5;-.2', '--target', '0;0'],
    (watch) => logCoshLoss(watch('prediction', [[2.5], [-0.2]]), [[0], [0]]),
  ],
  quantile: [
    ['--prediction', '1,3', '--target', '2,2.5', '--quantile', '.9'],
    (watch) => quantileLoss(watch('prediction', [1, 3]), [2, 2.5], { quantile: 0.9 }),
  ],
  entropy: [['--p', '1/3,1/6,1/2', '--base', '2'], (watch) => entropy(watch('p', [1 / 3, 1 / 6, 1 / 2]), { base: 2 })],
  'cross-entropy': [
    ['--of', '.7,.2,.1', '--under', '.2,.6,.2', '--base', '10'],
    (watch) => crossEntropyOfDistributions({ of: watch('of', p), under: watch('under', q), base: 10 }),
  ],
  'kl-divergence': [
    ['--p', '.7,.2,.1', '--q', '.2,.6,.2', '--base', '10'],
    (watch) => klDivergence({ of: watch('of', p), from: watch('from', q), base: 10 }),
  ],
  'kl-div': [
    ['--log-probabilities', logRowsText, '--target', logRowsText, '--log-target', '--reduction', 'batchMean'],
    (watch) =>
      klDivergenceWithLogProbabilities(watch('logProbabilities', logRows), logRows, {
        logTarget: true,
        reduction: 'batchMean',
      }),
  ],
  'jensen-shannon': [
    ['--p', '.7,.2,.1', '--q', '.2,.6,.2', '--base', '2', '--by', 'q'],
    (watch) => jensenShannonDivergence(p, watch('q', q), { base: 2 }),
  ],
  'l1-penalty': [
    ['--weight', '.5,-1;2,0', '--bias', '.1', '--factor', '1e-3'],
    (watch) => l1Penalty([watch('weight', [[0.5, -1], [2, 0]]), watch('bias', 0.1)], { factor: 1e-3 }), // biome-ignore format: a matrix
  ],
  'l2-penalty': [
    ['--weight', '.5,-1', '--bias', '.1,2', '--factor', '1e-3'],
    (watch) => l2Penalty([watch('weight', [0.5, -1]), watch('bias', [0.1, 2])], { factor: 1e-3 }),
  ],
};

test('every loss is compared', () => {
  expect(Object.keys(cases).sort()).toEqual(losses.map(({ name }) => name).sort());
});

describe.each(['float64', 'float32'] as const)('in %s', (dtype) => {
  test.each(Object.entries(cases))('%s gives the value and the gradients of nn', async (name, [args, direct]) => {
    const { out, err, code } = await inProcess(name, ...args, '--dtype', dtype, '--format', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject(JSON.parse(JSON.stringify(computed(direct, dtype))));
  });
});

test.each(Object.entries(cases))('the text of %s shows both in all their digits', async (name, [args, direct]) => {
  const { out } = await inProcess(name, ...args);
  const { value, gradients } = computed(direct, 'float64');
  const [, gradientRows] = out.split(/^The gradients in all digits$/m);
  expect(out).toContain(`  ${value}\n`);
  for (const gradient of Object.values(gradients)) {
    expect(gradientRows).toContain(`  ${writtenNumbers(gradient, 'float64')}\n`);
  }
});

function computed(direct: Direct, dtype: 'float32' | 'float64') {
  using tape = new Tape();
  const watched = new Map<string, Tensor>();
  const loss = direct((name, numbers) => {
    const x = tape.watch(tensor(numbers, { dtype }), name);
    watched.set(name, x);
    return x;
  });
  const gradients = tape.gradients(loss);
  const lists = [...watched].map(([name, x]) => [name, gradients.get(x).toList()] as const);
  return { value: loss.item(), gradients: Object.fromEntries(lists) };
}
