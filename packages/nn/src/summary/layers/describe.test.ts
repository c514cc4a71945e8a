import { Random, reshape } from '@tapegrad/core';
import { expect, describe as group, test } from 'vitest';
import * as nn from '../../index.ts';
import type { BuiltLayer, Layer } from '../../layers/layer.ts';
import { describe } from './describe.ts';

const built = (layer: Layer, inputShape: readonly number[], outputShape = inputShape): BuiltLayer => {
  return { name: 'layer1', layer, inputShape, outputShape };
};

/** Options that make any layer. */
const sizes = { outChannels: 2, kernelSize: 3, outFeatures: 2, outputSize: 1, groups: 1, count: 3, features: 2 };
const options = { ...sizes, size: 5, padding: 1 };

test('knows every layer of this package', () => {
  const classes = Object.values(nn).filter(
    (value) => typeof value === 'function' && typeof value.prototype?.build === 'function',
  ) as readonly (new (
    options: object,
  ) => Layer)[];
  expect(classes.length).toBeGreaterThan(35);
  const unknown = classes.flatMap((Class) => {
    const layer = Class === (nn.Residual as unknown) ? new nn.Residual([]) : new Class(options);
    const shape = [4, ...(/1d/.test(layer.type) ? [9] : /3d/.test(layer.type) ? [9, 9, 9] : [9, 9])];
    return describe(built(layer, shape)).cost ? [] : [Class.name];
  });
  expect(unknown).toEqual([]);
});

group('a layer of your own', () => {
  const own: Layer = {
    type: 'Turn',
    kind: 'turn',
    parameters: [],
    build: ([channels, height, width]) => [channels, width, height],
    call: (x) => reshape(x, x.shape),
  };

  test('is unknown unless it says what it sees and does', () => {
    expect(describe(built(own, [1, 2, 3]))).toEqual({ window: undefined, cost: undefined });
  });

  test('says it by two methods', () => {
    const cost = { flops: { formula: 'n', numbers: '6', value: 6 } };
    const described: Layer = { ...own, window: () => 'position', cost: () => cost };
    expect(describe(built(described, [1, 2, 3]))).toEqual({ window: 'position', cost });
  });

  test('may extend one of this package, and says only what is different', () => {
    class Cheap extends nn.ReLU {
      override cost() {
        return {};
      }
    }
    expect(describe(built(new Cheap(), [3]))).toEqual({ window: 'position', cost: {} });
  });

  test('is not taken for what every object has', () => {
    expect(describe(built({ ...own, type: 'constructor' }, [1]))).toEqual({ window: undefined, cost: undefined });
  });
});

test('of a residual block everything is unknown as soon as one of its layers is', () => {
  const own: Layer = { type: 'Own', kind: 'own', parameters: [], build: (shape) => shape, call: (x) => x };
  const block = (layers: readonly Layer[]): BuiltLayer => {
    const layer = new nn.Residual(layers);
    layer.build([2, 4], { name: 'residual1', random: new Random(1), dtype: 'float32' });
    return built(layer, [2, 4]);
  };
  expect(describe(block([new nn.ReLU(), own]))).toEqual({ window: undefined, cost: undefined });
  expect(describe(block([new nn.ReLU()]))).toMatchObject({ window: 'position', cost: { evaluations: { value: 8 } } });
});
