import { avgPool1d, avgPool3d, maxPool1d, maxPool3d, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { Attributes } from '../attributes.ts';
import { Node } from './node.ts';
import { poolings } from './poolings.ts';

/** 0, 7, 14, … modulo 11, in a shape. */
function numbers(...shape: number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => (7 * i) % 11),
    { shape },
  );
}

function run(op: string, x: Tensor, attributes: Readonly<Record<string, unknown>> = {}, outputCount = 1) {
  const node = new Node({ op, opset: 22, outputCount }, [{ tensor: x, dtype: 'float64' }], new Attributes(attributes));
  const outputs = poolings[op](node);
  node.checkAllRead();
  return outputs.map((output) => output?.tensor.toList());
}

test('MaxPool and AveragePool of signals and volumes honour every attribute', () => {
  const [signal, volume] = [numbers(2, 2, 7), numbers(1, 2, 4, 3, 5)];
  const around = { kernel_shape: [3], strides: [2], pads: [1, 2], ceil_mode: 1 };
  const options = { kernelSize: 3, stride: 2, padding: [1, 2], ceilMode: true } as const;
  const dilated = { ...options, dilation: 2 };
  expect(run('MaxPool', signal, { ...around, dilations: [2] })).toEqual([maxPool1d(signal, dilated).toList()]);
  const included = avgPool1d(signal, { ...options, countIncludePad: true }).toList();
  expect(run('AveragePool', signal, { ...around, count_include_pad: 1 })).toEqual([included]);
  const excluded = avgPool1d(signal, { ...options, countIncludePad: false }).toList();
  expect(run('AveragePool', signal, around)).toEqual([excluded]);

  const block = { kernel_shape: [2, 1, 3], strides: [1, 2, 2], pads: [1, 0, 0, 0, 0, 2] };
  const padding = [
    [1, 0],
    [0, 0],
    [0, 2],
  ] as const;
  const moves = { kernelSize: [2, 1, 3], stride: [1, 2, 2], padding };
  expect(run('MaxPool', volume, block)).toEqual([maxPool3d(volume, moves).toList()]);
  const averaged = avgPool3d(volume, { ...moves, countIncludePad: false }).toList();
  expect(run('AveragePool', volume, block)).toEqual([averaged]);
});

test('auto_pad of signals puts an odd cell where it says', () => {
  const x = tensor(Float64Array.of(1, 2, 3, 4), { shape: [1, 1, 4] });
  expect(run('MaxPool', x, { kernel_shape: [2], auto_pad: 'SAME_UPPER' })).toEqual([[[[2, 3, 4, 4]]]]);
  expect(run('MaxPool', x, { kernel_shape: [2], auto_pad: 'SAME_LOWER' })).toEqual([[[[1, 2, 3, 4]]]]);
  expect(run('MaxPool', x, { kernel_shape: [2], auto_pad: 'VALID' })).toEqual([[[[2, 3, 4]]]]);
});

test('Indices count over the whole tensor, first axis fastest where asked', () => {
  const data = Float64Array.from({ length: 16 }, () => 0);
  data[8 + 0 * 4 + 1 * 2 + 0] = 5;
  const x = tensor(data, { shape: [1, 2, 2, 2, 2] });
  const pool = (storage_order: number) => run('MaxPool', x, { kernel_shape: [2, 2, 2], storage_order }, 2)[1];
  expect(pool(0)).toEqual([[[[[0]]], [[[8 + 2]]]]]);
  // Depth 0, row 1, column 0, the depth fastest: 0 + 2·(1 + 2·0).
  expect(pool(1)).toEqual([[[[[0]]], [[[8 + 2]]]]]);
  const turned = tensor(Float64Array.of(0, 0, 0, 9, 0, 0), { shape: [1, 1, 2, 3] });
  expect(run('MaxPool', turned, { kernel_shape: [2, 3], storage_order: 1 }, 2)[1]).toEqual([[[[1]]]]);
});

test('global pooling takes any number of axes', () => {
  const x = tensor(Float64Array.of(1, 2, 6, 3, 3, 3), { shape: [1, 2, 3] });
  expect(run('GlobalAveragePool', x)).toEqual([[[[3], [3]]]]);
  expect(run('GlobalMaxPool', x)).toEqual([[[[6], [3]]]]);
});

test('what is not there is reported by name', () => {
  expect(() => run('MaxPool', numbers(1, 1, 1, 1, 1, 1), { kernel_shape: [1, 1, 1, 1] })).toThrow(
    '4-D MaxPool not built yet',
  );
  expect(() => run('AveragePool', numbers(1, 1, 5), { kernel_shape: [2], dilations: [2] })).toThrow(
    'option dilations = [2]',
  );
  expect(() => run('MaxPool', numbers(1, 1, 5))).toThrow('a pooling without kernel_shape');
  expect(() => run('MaxPool', numbers(1, 1, 5), { kernel_shape: [2, 2] })).toThrow(
    'kernel_shape has 2 lengths, wanted 1',
  );
  expect(() => run('MaxPool', numbers(1, 1, 5), { kernel_shape: [2], pads: [1] })).toThrow(
    'pads has 1 numbers, wanted 2',
  );
});
