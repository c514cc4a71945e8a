import { describe, expect, it } from 'vitest';
import { casesOf } from '../folder.ts';
import { missingImages } from '../golden/trainingImages.ts';
import type { Outcome } from '../outcome.ts';
import { runCase } from '../run.ts';

const t = (name: string, shape: readonly number[], data: readonly (number | string)[], dtype = 'float32') => ({
  name,
  shape,
  dtype,
  data,
});
const float = (data: readonly (number | string)[], shape: readonly number[] = [data.length]) => t('x', shape, data);
const whole = (data: readonly (number | string)[], dtype = 'int64', shape: readonly number[] = [data.length]) =>
  t('n', shape, data, dtype);

interface Written {
  readonly op: string;
  readonly opset?: number;
  readonly attributes?: Record<string, unknown>;
  readonly inputs: readonly unknown[];
  readonly outputs: readonly unknown[];
  readonly [more: string]: unknown;
}

function run(written: Written): Outcome {
  const [one] = casesOf(
    JSON.stringify([{ name: 'one', suite: 'node', opset: 20, attributes: {}, ...written }]),
    'test.json',
  );
  return runCase({ ...one, file: 'test.json' }, { trainingImages: missingImages(new Error('no images')) }).outcome;
}

const passed = { kind: 'passed' };

describe('ONNX cases', () => {
  it('pass, fail by a number, and are unsupported', () => {
    const sum = { op: 'Add', inputs: [float([1, 2]), float([10])], outputs: [float([11, 12])] };
    expect(run(sum)).toEqual(passed);
    expect(run({ ...sum, outputs: [float([11, 13])] })).toEqual({
      kind: 'failed',
      reason: 'float32 x[1]: got 12, wanted 13 (rtol 0.001, atol 1e-7)',
    });
    expect(run({ ...sum, op: 'Hardmax' })).toEqual({ kind: 'unsupported', reason: 'not built yet' });
    expect(run({ ...sum, attributes: { fused: 1 } })).toEqual({ kind: 'unsupported', reason: 'option fused = 1' });
    expect(run({ ...sum, inputs: [...sum.inputs, float([1])] })).toMatchObject({ reason: 'input 2 of Add' });
    expect(run({ ...sum, domain: 'com.example' })).toMatchObject({ kind: 'unsupported', reason: 'domain com.example' });
    expect(run({ ...sum, outputs: [t('x', [2], [11, 12], 'float64')] })).toMatchObject({
      reason: 'x: got float32, wanted float64',
    });
  });

  it('keep the rules of integers: cut towards zero, wrap around, exactly', () => {
    expect(run({ op: 'Div', inputs: [whole([-7, 7]), whole([2, 2])], outputs: [whole([-3, 3])] })).toEqual(passed);
    const bytes = (data: readonly number[]) => whole(data, 'uint8');
    expect(run({ op: 'Sub', inputs: [bytes([1]), bytes([2])], outputs: [bytes([255])] })).toEqual(passed);
    const small = (data: readonly number[]) => whole(data, 'int8');
    expect(run({ op: 'Mul', inputs: [small([100]), small([2])], outputs: [small([-56])] })).toEqual(passed);
    expect(run({ op: 'Mul', inputs: [whole([2 ** 40]), whole([2 ** 40])], outputs: [whole([0])] })).toMatchObject({
      kind: 'unsupported',
    });
  });

  it('know the forms of old operator sets', () => {
    const matrix = float([1, 2, 3, 4], [2, 2]);
    const added = float([11, 12, 23, 24], [2, 2]);
    const column = {
      op: 'Add',
      opset: 6,
      attributes: { broadcast: 1, axis: 0 },
      inputs: [matrix, float([10, 20])],
      outputs: [added],
    };
    expect(run(column)).toEqual(passed);
    expect(
      run({
        op: 'Unsqueeze',
        opset: 6,
        attributes: { axes: [0] },
        inputs: [float([1])],
        outputs: [float([1], [1, 1])],
      }),
    ).toEqual(passed);
    expect(
      run({
        op: 'ReduceSum',
        opset: 11,
        attributes: { axes: [0], keepdims: 0 },
        inputs: [matrix],
        outputs: [float([4, 6])],
      }),
    ).toEqual(passed);
    expect(
      run({ op: 'Clip', opset: 6, attributes: { min: 0, max: 1 }, inputs: [float([-1, 2])], outputs: [float([0, 1])] }),
    ).toEqual(passed);
    const padded = {
      op: 'Pad',
      opset: 2,
      attributes: { pads: [0, 1, 0, 0], value: 9 },
      inputs: [matrix],
      outputs: [float([9, 1, 2, 9, 3, 4], [2, 3])],
    };
    expect(run(padded)).toEqual(passed);
    const eighth = float(new Array(8).fill(1 / 4), [2, 2, 2]);
    expect(
      run({ op: 'Softmax', opset: 11, inputs: [float(new Array(8).fill(5), [2, 2, 2])], outputs: [eighth] }),
    ).toEqual(passed);
  });

  it('reduce nothing to the identity, and by no axes to itself where asked', () => {
    const nothing = float([], [2, 0]);
    expect(
      run({
        op: 'ReduceMax',
        inputs: [nothing, whole([1])],
        attributes: { keepdims: 0 },
        outputs: [float(['-Infinity', '-Infinity'])],
      }),
    ).toEqual(passed);
    expect(run({ op: 'ReduceSum', inputs: [nothing, whole([1])], outputs: [float([0, 0], [2, 1])] })).toEqual(passed);
    expect(
      run({
        op: 'ReduceSum',
        attributes: { noop_with_empty_axes: 1 },
        inputs: [float([1, 2]), whole([])],
        outputs: [float([1, 2])],
      }),
    ).toEqual(passed);
    expect(run({ op: 'ReduceL1', inputs: [float([1, -2])], outputs: [float([3], [1])] })).toEqual(passed);
  });

  it('slice backwards, and from and to indices outside', () => {
    const slice = (start: number, end: number | string, step: number, want: readonly number[]) =>
      run({
        op: 'Slice',
        inputs: [float([0, 1, 2, 3, 4]), whole([start]), whole([end]), whole([-1]), whole([step])],
        outputs: [float(want)],
      });
    expect(slice(-1, '-9223372036854775807', -1, [4, 3, 2, 1, 0])).toEqual(passed);
    expect(slice(20, 0, -2, [4, 2])).toEqual(passed);
    expect(slice(1, '9223372036854775807', 3, [1, 4])).toEqual(passed);
    expect(slice(0, 3, -1, [])).toEqual(passed);
  });

  it('count indices over the whole tensor, by columns where asked', () => {
    const x = float([1, 2, 4, 3, 8, 7, 6, 5], [1, 2, 2, 2]);
    const y = float([4, 8], [1, 2, 1, 1]);
    const pool = (storage_order: number, want: readonly number[]) =>
      run({
        op: 'MaxPool',
        attributes: { kernel_shape: [2, 2], storage_order },
        inputs: [x],
        outputs: [y, whole(want, 'int64', [1, 2, 1, 1])],
      });
    expect(pool(0, [2, 4])).toEqual(passed);
    expect(pool(1, [1, 4])).toEqual(passed);
    expect(
      run({
        op: 'ArgMax',
        attributes: { keepdims: 0, select_last_index: 1 },
        inputs: [float([3, 1, 3])],
        outputs: [whole([2], 'int64', [])],
      }),
    ).toEqual(passed);
  });

  it('pad unevenly with SAME_LOWER, and name other numbers of axes', () => {
    const x = float([1, 2, 3, 4], [1, 1, 2, 2]);
    const attributes = { kernel_shape: [2, 2], auto_pad: 'SAME_LOWER' };
    expect(run({ op: 'MaxPool', attributes, inputs: [x], outputs: [x] })).toEqual(passed);
    expect(
      run({
        op: 'MaxPool',
        attributes: { kernel_shape: [1, 1, 1, 1] },
        inputs: [float([2], [1, 1, 1, 1, 1, 1])],
        outputs: [float([2], [1, 1, 1, 1, 1, 1])],
      }),
    ).toEqual({
      kind: 'unsupported',
      reason: '4-D MaxPool not built yet',
    });
    const averaged = { ...attributes, dilations: [2, 2] };
    expect(run({ op: 'AveragePool', attributes: averaged, inputs: [x], outputs: [x] })).toMatchObject({
      reason: 'option dilations = [2, 2]',
    });
  });

  it('run a graph, and name the node that is missing', () => {
    const nodes = [
      { op: 'Mul', opset: 14, attributes: {}, inputs: ['a', 'two'], outputs: ['b'] },
      { op: 'Neg', opset: 13, attributes: {}, inputs: ['b'], outputs: ['c'] },
    ];
    const graph = {
      op: 'Graph',
      nodes,
      constants: [t('two', [], [2])],
      inputs: [t('a', [2], [1, 2])],
      outputs: [t('c', [2], [-2, -4])],
    };
    expect(run(graph)).toEqual(passed);
    expect(run({ ...graph, nodes: [{ ...nodes[0], op: 'NonZero' }, nodes[1]] })).toEqual({
      kind: 'unsupported',
      reason: 'NonZero not built yet',
    });
  });

  it('correct the moments of Adam from the first step on', () => {
    // R 1, T 1: V = ½·0 + ½·2 = 1, H = ¾·0 + ¼·4 = 1, X = 3 - √¼/½·1/1 = 2.
    const state = [t('X', [1], [3]), t('G', [1], [2]), t('V', [1], [0]), t('H', [1], [0])];
    const inputs = [t('R', [], [1]), t('T', [], [1], 'int64'), ...state];
    const attributes = { alpha: 0.5, beta: 0.75, epsilon: 0 };
    expect(
      run({
        op: 'Adam',
        domain: 'ai.onnx.preview.training',
        opset: 1,
        attributes,
        inputs,
        outputs: [t('X', [1], [2]), t('V', [1], [1]), t('H', [1], [1])],
      }),
    ).toEqual(passed);
  });
});
