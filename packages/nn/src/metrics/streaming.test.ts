import { Random, Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { softmaxCrossEntropy } from '../losses/softmaxCrossEntropy.ts';
import { evaluate, type Metric } from '../training/evaluate.ts';
import { accuracy } from './accuracy.ts';
import { averaged } from './averaged.ts';
import { confusionMatrix } from './confusionMatrix.ts';
import { recall } from './precisionRecall.ts';
import { meanAbsoluteError, rSquared } from './regression.ts';
import { rocArea } from './rocCurve.ts';
import { streamedRSquared } from './streamedRSquared.ts';
import { summed } from './summed.ts';
import { topKAccuracy } from './topKAccuracy.ts';

/** Seven batches, each of another length, one of them of length 0. */
const random = new Random(3);
const batches = [5, 1, 0, 8, 3, 2, 4].map((rows) => ({
  scores: tensor(
    Float64Array.from({ length: rows * 3 }, () => random.uniform(-2, 2)),
    { shape: [rows, 3], dtype: 'float64' },
  ),
  labels: Uint8Array.from({ length: rows }, () => Math.floor(random.uniform(0, 3))),
}));
const predict = ({ scores, labels }: (typeof batches)[number]) => [scores, labels] as const;
/** A metric of one batch, as a number. */
function averageOf(metric: Metric, { scores, labels }: (typeof batches)[number]): number {
  const value = metric(scores, tensor(labels));
  return typeof value === 'number' ? value : value.item();
}
const topTwo = (outputs: Tensor, targets: Tensor): number => topKAccuracy(outputs, targets, { k: 2 });

describe('over batches of other lengths, a streaming metric is that of all examples together', () => {
  test.each([
    ['accuracy', accuracy],
    ['topKAccuracy', topTwo],
    ['softmaxCrossEntropy', softmaxCrossEntropy],
  ] as const)('averaged(%s)', (_, metric) => {
    const { whole, streamed } = evaluate({ batches, predict, metrics: { whole: metric, streamed: averaged(metric) } });
    expect(streamed).toBeCloseTo(whole, 12);
    // Not the mean of the batches' means.
    const means = batches.filter(({ labels }) => labels.length > 0).map((each) => averageOf(metric, each));
    expect(Math.abs(whole - means.reduce((a, b) => a + b) / means.length)).toBeGreaterThan(1e-3);
  });

  test('averaged(meanAbsoluteError) and streamedRSquared, also far from 0', () => {
    const noisy = batches.map(({ scores }) => {
      const right = Float64Array.from(scores.toFlatArray(), (score) => 1e6 + score);
      const guessed = Float64Array.from(right, (number) => number + random.uniform(-0.5, 0.5));
      return [guessed, right].map((numbers) => tensor(numbers, { shape: scores.shape, dtype: 'float64' }));
    });
    const { error, streamedError, squared, streamedSquared } = evaluate({
      batches: noisy,
      predict: ([outputs, targets]) => [outputs, targets],
      metrics: {
        error: meanAbsoluteError,
        streamedError: averaged(meanAbsoluteError),
        squared: rSquared,
        streamedSquared: streamedRSquared(),
      },
    });
    expect(streamedError).toBeCloseTo(error, 12);
    expect(squared).toBeGreaterThan(0.5);
    expect(squared).toBeLessThan(0.99);
    expect(streamedSquared).toBeCloseTo(squared, 9);
  });

  test('summed(confusionMatrix), from which recall follows', () => {
    const { matrix } = evaluate({ batches, predict, metrics: { matrix: summed(confusionMatrix) } });
    expect(matrix.flat().reduce((a, b) => a + b)).toBe(23);
    const { macro } = evaluate({
      batches,
      predict,
      metrics: { macro: (outputs, targets) => recall(confusionMatrix(outputs, targets)).macro },
    });
    expect(recall(matrix).macro).toBe(macro);
  });
});

describe('evaluate', () => {
  test('keeps no outputs where all metrics stream', () => {
    const lengths: number[] = [];
    const watching = (outputs: Tensor): number => {
      lengths.push(outputs.shape[0]);
      return 1;
    };
    evaluate({ batches, predict, metrics: { watching: averaged(watching) } });
    expect(lengths).toEqual([5, 1, 8, 3, 2, 4]);
    evaluate({ batches, predict, metrics: { watching } });
    expect(lengths.at(-1)).toBe(23);
  });

  test('begins anew each time, and gives the metrics in the order in which they were named', () => {
    const metrics = { loss: averaged(softmaxCrossEntropy), accuracy, matrix: summed(confusionMatrix) };
    const first = evaluate({ batches, predict, metrics });
    expect(Object.keys(first)).toEqual(['loss', 'accuracy', 'matrix']);
    expect(evaluate({ batches, predict, metrics })).toEqual(first);
  });

  test('takes functions that are not means beside them', () => {
    const { area } = evaluate({
      batches: [
        { x: [[0.1], [0.9]], y: [0, 1] },
        { x: [[0.95]], y: [0] },
      ],
      predict: ({ x, y }) => [tensor(x), y],
      metrics: { area: rocArea, count: averaged(() => 1) },
    });
    expect(area).toBe(0.5);
  });
});

test('measuring while training writes nothing on the tape', () => {
  using tape = new Tape();
  const outputs = tape.watch(tensor([[2, 1]]));
  const running = averaged(softmaxCrossEntropy);
  const steps = tape.steps.length;
  running.update(outputs, [0]);
  expect(tape.steps.length).toBe(steps);
  expect(running.result()).toBeCloseTo(softmaxCrossEntropy([[2, 1]], [0]).item(), 6);
});

test('before the first batch, and after a reset', () => {
  const metrics = [averaged(accuracy), streamedRSquared()];
  for (const metric of metrics) {
    expect(metric.result()).toBeNaN();
    metric.update(tensor([[1, 0]]), metric === metrics[0] ? [0] : [[1, 0]]);
    expect(metric.result()).toBe(1);
    metric.reset();
    expect(metric.result()).toBeNaN();
  }
});

test('all of them say what does not fit', () => {
  const matrix = summed(confusionMatrix);
  matrix.update(tensor([[1, 0]]), [0]);
  expect(
    messagesOf({
      'no metric': () => averaged(undefined as never),
      'no function': () => summed([] as never),
      'outputs in a list': () => averaged(accuracy).update([[1, 0]] as never, [0]),
      'no batch': () => summed(confusionMatrix).result(),
      'other classes': () => matrix.update(tensor([[1, 0, 2]]), [0]),
      'other shapes': () => streamedRSquared().update(tensor([1, 2]), [1]),
      'neither function nor streaming': () =>
        evaluate({ batches, predict, metrics: { accuracy: 'accuracy' as never } }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "neither function nor streaming": "DataTypeError: evaluate: metrics.accuracy is the text 'accuracy'; wanted a function. Give functions of outputs and targets, \`metrics: { accuracy }\`, or what is told batch by batch, \`averaged(accuracy)\`.",
      "no batch": "ValueError: summed: no batch yet; wanted at least one. Call \`update(outputs, targets)\` for each batch first.",
      "no function": "DataTypeError: summed: metric is a list of 0; wanted a function. Give a function of outputs and targets: \`summed(confusionMatrix)\`.",
      "no metric": "DataTypeError: averaged: metric is undefined; wanted a function. Give a function of outputs and targets: \`averaged(accuracy)\`.",
      "other classes": "ShapeError: summed: a matrix of shape [3, 3] behind one of [2, 2]; wanted one shape for all batches. Measure outputs of one model, with the same classes in each batch.",
      "other shapes": "ShapeError: streamedRSquared: predictions are [2], targets are [1]; wanted two of the same shape. Reshape one of them: [batch, 1] beside [batch] would compare each with each.",
      "outputs in a list": "DataTypeError: averaged: outputs is a list of 1; wanted a tensor. Give the model’s outputs first, then the targets.",
    }
  `);
});
