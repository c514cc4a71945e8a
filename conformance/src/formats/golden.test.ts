import { describe, expect, it } from 'vitest';
import { casesOf } from '../folder.ts';
import { missingImages, readTrainingImages } from '../golden/trainingImages.ts';
import type { Outcome } from '../outcome.ts';
import { runCase } from '../run.ts';

const tol = { float64: [1e-9, 1e-10], float32: [1e-4, 1e-5] };
const list = (data: readonly (number | string)[], dtype = 'float64') => ({ shape: [data.length], dtype, data });
const scalar = (number: number) => ({ shape: [], dtype: 'float64', data: [number] });

function run(written: Record<string, unknown>): Outcome {
  const text = JSON.stringify({ family: 'test', cases: [{ name: 'one', attrs: {}, tol, ...written }] });
  const [one] = casesOf(text, 'test.json');
  return runCase({ ...one, file: 'test.json' }, { trainingImages: missingImages(new Error('no images')) }).outcome;
}

const product = {
  op: 'mul',
  inputs: { x: list([1, 2]), y: list([3, 4]) },
  outputs: { output: list([3, 8]) },
  cotangents: { output: list([1, 10]) },
  grads: { x: list([3, 40]), y: list([1, 20]) },
};

describe('golden cases', () => {
  it('pass with the right values and gradients', () => {
    expect(run(product)).toEqual({ kind: 'passed' });
  });

  it('fail with a wrong value, and name the position', () => {
    expect(run({ ...product, outputs: { output: list([3, 9]) } })).toEqual({
      kind: 'failed',
      reason: 'float64 output[1]: got 8, wanted 9 (rtol 1e-9, atol 1e-10)',
    });
  });

  it('fail with a wrong gradient', () => {
    const grads = { x: list([3, 40]), y: list([1, 21]) };
    expect(run({ ...product, grads })).toMatchObject({
      reason: expect.stringContaining('float64 gradient to y[1]: got 20'),
    });
  });

  it('run in single precision too, unless its tolerance is null', () => {
    const third = { op: 'div', inputs: { x: list([1]), y: list([3]) }, outputs: { output: list([1 / 3]) } };
    const strict = { float64: [0, 0], float32: [0, 0] };
    expect(run({ ...third, tol: strict })).toMatchObject({ reason: expect.stringContaining('float32 output[0]') });
    expect(run({ ...third, tol: { ...strict, float32: null } })).toEqual({ kind: 'passed' });
  });

  it('check gradients of gradients, also to the cotangent', () => {
    const square = {
      ...{ op: 'pow_scalar', attrs: { exponent: 3 }, inputs: { x: list([2, 1]) }, outputs: { output: list([8, 1]) } },
      cotangents: { output: list([1, 2]) },
      grads: { x: list([12, 6]) },
      // S = Σ 3x²·c·v; ∂S/∂x = 6x·c·v, ∂S/∂c = 3x²·v
      grad_grads: { vectors: { x: list([1, 3]) }, grads: { x: list([12, 36]) }, cotangents: { output: list([12, 9]) } },
    };
    expect(run(square)).toEqual({ kind: 'passed' });
    const wrong = { ...square.grad_grads, cotangents: { output: list([12, 8]) } };
    expect(run({ ...square, grad_grads: wrong })).toMatchObject({
      reason: expect.stringContaining('second gradient to the cotangent of output[1]: got 9'),
    });
  });

  it('take a gradient of the output itself where it is one number', () => {
    const inputs = { input: list([1, 4]), target: list([0, 2]) };
    const loss = { op: 'mse_loss', attrs: { reduction: 'mean' }, inputs, outputs: { output: scalar(2.5) } };
    expect(run({ ...loss, grads: { input: list([1, 2]), target: list([-1, -2]) } })).toEqual({ kind: 'passed' });
  });

  it('are unsupported, by name, where op, option, input or output is not there', () => {
    expect(run({ ...product, op: 'einsum' })).toEqual({ kind: 'unsupported', reason: 'not built yet' });
    expect(run({ ...product, attrs: { rounding: 'floor' } })).toMatchObject({ reason: 'option rounding = "floor"' });
    expect(run({ ...product, inputs: { ...product.inputs, out: list([1]) } })).toMatchObject({ reason: 'input out' });
    expect(run({ ...product, outputs: { remainder: list([1]) } })).toMatchObject({ reason: 'output remainder' });
    const float16 = { ...product.inputs, x: list([1, 2], 'float16') };
    expect(run({ ...product, inputs: float16 })).toMatchObject({
      kind: 'unsupported',
      reason: expect.stringContaining('float16'),
    });
  });

  it('may differ where they are tagged as a quirk', () => {
    const outcome = run({ ...product, tags: ['quirk'], outputs: { output: list([3, 9]) } });
    expect(outcome).toMatchObject({ kind: 'passed', remark: expect.stringContaining('got 8, wanted 9') });
  });

  it('fail where they are malformed or the op throws', () => {
    expect(run({ ...product, tol: undefined })).toMatchObject({ reason: 'malformed: tol is missing' });
    expect(run({ ...product, tol: {} })).toMatchObject({ reason: expect.stringContaining('no tolerance') });
    const short = { shape: [3], dtype: 'float64', data: [1] };
    expect(run({ ...product, inputs: { x: short } })).toMatchObject({ reason: expect.stringContaining('1 numbers') });
    expect(run({ ...product, inputs: { x: list([1, 2]), y: list([1, 2, 3]) } })).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('threw ShapeError'),
    });
  });

  it('compare indices exactly', () => {
    const most = { op: 'max_dim', attrs: { dim: 0, keepdim: false }, inputs: { x: list([1, 'NaN', 9]) } };
    const index = (number: number) => ({ shape: [], dtype: 'int64', data: [number] });
    const output = { shape: [], dtype: 'float64', data: ['NaN'] };
    expect(run({ ...most, outputs: { output, indices: index(1) } })).toEqual({ kind: 'passed' });
    expect(run({ ...most, outputs: { output, indices: index(2) } })).toMatchObject({
      reason: expect.stringContaining('exactly'),
    });
  });

  it('say where the training images were looked for', async () => {
    const shapes = {
      'conv1.weight': [8, 1, 5, 5],
      'conv1.bias': [8],
      'conv2.weight': [16, 8, 5, 5],
      'conv2.bias': [16],
      'fc.weight': [10, 256],
      'fc.bias': [10],
    };
    const weights = Object.entries(shapes).map(([name, shape]) => [
      name,
      { shape, dtype: 'float32', data: new Array(shape.reduce((size, length) => size * length, 1)).fill(0) },
    ]);
    const one = {
      name: 'one',
      op: 'train_cnn',
      attrs: { optimizer: { name: 'sgd', lr: 0.1 } },
      tol,
      outputs: { losses: list([1]) },
    };
    const [training] = casesOf(
      JSON.stringify({ initial_weights: Object.fromEntries(weights), cases: [one] }),
      'test.json',
    );
    const world = { trainingImages: await readTrainingImages(['here', 'there']) };
    expect(runCase({ ...training, file: 'test.json' }, world).outcome).toMatchObject({
      reason: expect.stringContaining('--data-dir or TAPEGRAD_DATA (looked in here, there)'),
    });
  });
});
