import { Random, type Tensor, tensor } from '@tapegrad/core';
import { BatchNorm, Conv2d, Dense, Embedding, Flatten, GELU, Sequential, weightsOf } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { architectures, inputsOf, trained } from '../../test/architectures.ts';
import { exportOnnx } from '../export/exportOnnx.ts';
import { importOnnx } from './importOnnx.ts';

function expectNear(y: Tensor, wanted: Tensor): void {
  expect(y.shape).toEqual(wanted.shape);
  const numbers = wanted.toFlatArray();
  y.toFlatArray().forEach((number, at) => {
    expect(Math.abs(number - numbers[at])).toBeLessThan(1e-6 * Math.max(1, Math.abs(numbers[at])));
  });
}

describe.each(architectures.map((architecture) => [architecture.name, architecture] as const))(
  '%s',
  (_, architecture) => {
    const model = trained(architecture);
    const bytes = exportOnnx(model, { opset: architecture.opset });

    test('comes back with the same weights and computes the same bits', () => {
      const { model: again } = importOnnx(bytes);
      expect(again.inputShape).toEqual(model.inputShape);
      const [before, after] = [weightsOf(model), weightsOf(again)];
      expect([...after.keys()]).toEqual([...before.keys()]);
      for (const [name, tensor] of after) expect(tensor.toFlatArray()).toEqual(before.get(name)?.toFlatArray());
      const x = inputsOf(architecture);
      // An adaptive pooling comes back as the pooling that it is, which adds in another order.
      if (model.layers.some(({ layer }) => layer.type.startsWith('Adaptive'))) expectNear(again.call(x), model.call(x));
      else expect(again.call(x).toFlatArray()).toEqual(model.call(x).toFlatArray());
    });
  },
);

test('a model of float64 that begins with a table stays one', () => {
  const layers = [new Embedding({ count: 5, features: 3 }), new Flatten(), new Dense({ outFeatures: 2 })];
  const model = new Sequential(layers, { inputShape: [4], random: new Random(1), dtype: 'float64' });
  const { model: again } = importOnnx(exportOnnx(model));
  expect(again.dtype).toBe('float64');
  const x = tensor([[0, 4, 1, 2]], { dtype: 'float64' });
  expect(again.call(x).toList()).toEqual(model.call(x).toList());
});

test('a model of float64 stays one', () => {
  const layers = [
    new Conv2d({ outChannels: 2, kernelSize: 3 }),
    new BatchNorm({ epsilon: 1e-4 }),
    new GELU(),
    new Flatten(),
    new Dense({ outFeatures: 3 }),
  ];
  const model = new Sequential(layers, { inputShape: [1, 5, 5], random: new Random(1), dtype: 'float64' });
  const { model: again } = importOnnx(exportOnnx(model));
  const x = tensor(
    Float64Array.from({ length: 50 }, (_, at) => Math.sin(at)),
    { shape: [2, 1, 5, 5] },
  );
  expect(again.dtype).toBe('float64');
  expect(again.call(x).toFlatArray()).toEqual(model.call(x).toFlatArray());
});

test('what is said of the file', () => {
  const model = new Sequential([new Flatten()], { inputShape: [2, 2], random: new Random(1) });
  const { name, producer, opset, metadata } = importOnnx(
    exportOnnx(model, { name: 'net', opset: 20, metadata: { by: 'me' } }),
  );
  expect({ name, producer, opset, metadata }).toEqual({
    name: 'net',
    producer: 'tapegrad',
    opset: 20,
    metadata: new Map([['by', 'me']]),
  });
});

test('a file as Node reads it', () => {
  const model = trained(architectures[0]);
  const x = inputsOf(architectures[0]);
  // In a Buffer the bytes may begin anywhere, and `slice` makes no copy.
  const buffer = Buffer.concat([Buffer.from([1]), exportOnnx(model)]).subarray(1);
  expect(importOnnx(buffer).model.call(x).toFlatArray()).toEqual(model.call(x).toFlatArray());
});
