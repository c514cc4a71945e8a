import { describe, expect, it } from 'vitest';
import { casesOf } from '../folder.ts';
import { missingImages } from '../golden/trainingImages.ts';
import type { Outcome } from '../outcome.ts';
import { runCase } from '../run.ts';

const t = (name: string, shape: readonly number[], data: readonly number[]) => ({
  name,
  shape,
  dtype: 'float32',
  data,
});

function run(written: Record<string, unknown>): Outcome {
  const [one] = casesOf(
    JSON.stringify([{ name: 'one', source: 'test', attributes: {}, outputs: [], atol: 1e-5, ...written }]),
    'test.json',
  );
  return runCase({ ...one, file: 'test.json' }, { trainingImages: missingImages(new Error('no images')) }).outcome;
}

const passed = { kind: 'passed' };
const images = { layout: 'x and y NHWC, filter [h, w, in, out]' };

describe('TensorFlow.js cases', () => {
  it('pass, fail by a number, and are unsupported', () => {
    const product = {
      op: 'mat_mul',
      attributes: { transpose_a: true },
      inputs: [t('a', [1, 2], [1, 2]), t('b', [1, 1], [3])],
    };
    expect(run({ ...product, outputs: [t('y', [2, 1], [3, 6])] })).toEqual(passed);
    expect(run({ ...product, outputs: [t('y', [2, 1], [3, 7])] })).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('y[1, 0]: got 6'),
    });
    expect(run({ ...product, op: 'erf', outputs: [] })).toEqual({ kind: 'unsupported', reason: 'not built yet' });
  });

  it('turn NHWC images and their gradients round', () => {
    const x = t('x', [1, 1, 2, 2], [1, 2, 3, 4]);
    const filter = t('filter', [1, 1, 2, 1], [10, 1]);
    const conv = { op: 'conv2d', ...images, attributes: { strides: [1, 1], tf_pad: 'valid' }, inputs: [x, filter] };
    expect(run({ ...conv, outputs: [t('y', [1, 1, 2, 1], [12, 34])] })).toEqual(passed);
    const dy = t('dy', [1, 1, 2, 1], [1, 2]);
    const grads = [t('x', [1, 1, 2, 2], [10, 1, 20, 2]), t('filter', [1, 1, 2, 1], [7, 10])];
    expect(run({ ...conv, dy, grads })).toEqual(passed);
    expect(run({ ...conv, dy, grads: [t('x', [1, 1, 2, 2], [10, 1, 20, 3])] })).toMatchObject({ kind: 'failed' });
  });

  it('weigh losses and reduce them in four ways', () => {
    const inputs = [t('labels', [2], [0, 0]), t('predictions', [2], [1, 3]), t('weights', [2], [2, 0])];
    const loss = (reduction: string, shape: readonly number[], want: readonly number[]) =>
      run({ op: 'absolute_difference', attributes: { reduction }, inputs, outputs: [t('loss', shape, want)] });
    expect(loss('NONE', [2], [2, 0])).toEqual(passed);
    expect(loss('SUM', [], [2])).toEqual(passed);
    expect(loss('MEAN', [], [1])).toEqual(passed);
    expect(loss('SUM_BY_NONZERO_WEIGHTS', [], [2])).toEqual(passed);
    expect(loss('LARGEST', [], [2])).toEqual({ kind: 'unsupported', reason: 'option reduction = "LARGEST"' });
  });
});
