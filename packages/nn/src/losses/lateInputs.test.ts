import { logSoftmax, Random, square, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { spoil } from '../../../core/test/spoil.ts';
import * as nn from '../index.ts';

/*
 * A loss on a tape is computed when somebody asks for it. The labels, targets, weights and options that it was given may be
 * used for the next batch by then: they count as they were when the loss was called.
 */

/** Numbers that all differ, between 0 and 1. */
const array = (...shape: number[]) =>
  tensor(
    Float32Array.from(
      { length: shape.reduce((size, length) => size * length, 1) },
      (_, i) => (1 + ((i * 7) % 11)) / 13,
    ),
    { shape },
  ).toNdarray();
const rows = (): number[][] => [
  [0.2, 0.3, 0.5],
  [0.6, 0.3, 0.1],
];
const x = tensor(array(2, 3));

type Loss = (x: Tensor, given: readonly unknown[]) => Tensor;

/** A loss of x, and what else it is given: made anew for each call. */
const losses: Readonly<Record<string, readonly [Loss, () => readonly unknown[]]>> = {
  'softmaxCrossEntropy of indices': entry(nn.softmaxCrossEntropy, () => [
    Uint8Array.of(2, 1),
    { weight: Float32Array.of(1, 2, 3), labelSmoothing: 0.1 },
  ]),
  'softmaxCrossEntropy of a list with rows left out': entry(nn.softmaxCrossEntropy, () => [
    [2, -1],
    { ignoreIndex: -1 },
  ]),
  'softmaxCrossEntropy of distributions': entry(nn.softmaxCrossEntropy, () => [rows(), { weight: [1, 2, 3] }]),
  nllLoss: entry(
    (x: Tensor, target: Int32Array, options: nn.NLLOptions) => nn.nllLoss(logSoftmax(x, 1), target, options),
    () => [Int32Array.of(0, 2), { weight: [1, 2, 3], reduction: 'sum' }],
  ),
  focalLoss: entry(nn.focalLoss, () => [[0, 2], { alpha: [0.25, 0.5, 0.75], gamma: 1 }]),
  multiMarginLoss: entry(nn.multiMarginLoss, () => [Uint8Array.of(0, 2), { weight: [1, 2, 3], margin: 0.5 }]),
  binaryCrossEntropyWithLogits: entry(nn.binaryCrossEntropyWithLogits, () => [
    array(2, 3),
    { weight: array(2, 3), posWeight: [1, 2, 3] },
  ]),
  hingeLoss: entry(nn.hingeLoss, () => [
    [
      [1, -1, 1],
      [-1, 1, -1],
    ],
  ]),
  mseLoss: entry(nn.mseLoss, () => [array(2, 3)]),
  l1Loss: entry(nn.l1Loss, () => [rows()]),
  huberLoss: entry(nn.huberLoss, () => [array(2, 3), { delta: 0.2 }]),
  smoothL1Loss: entry(nn.smoothL1Loss, () => [rows(), { beta: 0.2 }]),
  logCoshLoss: entry(nn.logCoshLoss, () => [rows()]),
  quantileLoss: entry(nn.quantileLoss, () => [rows(), { quantile: 0.9 }]),
  klDivLoss: entry(nn.klDivLoss, () => [rows(), { reduction: 'sum' }]),
};

function entry(loss: (x: Tensor, ...given: never[]) => Tensor, others: () => readonly unknown[]) {
  const call: Loss = (x, given) => loss(x, ...(given as never[]));
  return [call, others] as const;
}

function late(name: string, spoilt: 'before' | 'afterwards' | 'never'): unknown {
  const [loss, others] = losses[name];
  using tape = new Tape();
  const watched = tape.watch(x);
  const given = others();
  const ask = (): unknown => {
    if (spoilt === 'before') for (const argument of given) spoil(argument);
    const output = loss(watched, given);
    if (spoilt === 'afterwards') for (const argument of given) spoil(argument);
    const gradient = tape.gradients(sum(square(output))).get(watched);
    return [output.toList(), gradient.toList()];
  };
  if (spoilt !== 'before') return ask();
  try {
    return ask();
  } catch {
    return 'refused';
  }
}

test.each(Object.keys(losses))('%s keeps to what it was given', (name) => {
  expect(late(name, 'afterwards')).toEqual(late(name, 'never'));
  // What is spoilt in time does make a difference, or the line above would say nothing.
  expect(late(name, 'before')).not.toEqual(late(name, 'never'));
});

test('Dropout and DropBlock draw their masks when they are called', () => {
  for (const layer of [new nn.Dropout({ rate: 0.5 }), new nn.DropBlock({ rate: 0.3, blockSize: 2 })]) {
    const images = tensor(array(1, 1, 6, 6));
    const run = (isDrawnOn: boolean): unknown => {
      const random = new Random(3);
      using tape = new Tape();
      const y = layer.call(tape.watch(images), { training: true, random });
      if (isDrawnOn) for (let i = 0; i < 10; i++) random.uniform();
      return y.toList();
    };
    expect(run(true)).toEqual(run(false));
  }
});
