import { Random, reshape } from '@tapegrad/core';
import { expect, describe as group, test } from 'vitest';
import * as nn from '../../index.ts';
import type { BuiltLayer, Layer } from '../../layers/layer.ts';
import { describe } from './describe.ts';
import { describeJoin } from './joins.ts';

const built = (layer: Layer, inputShape: readonly number[], outputShape = inputShape): BuiltLayer => {
  return { name: 'layer1', layer, inputShape, outputShape };
};

/** The options that a layer cannot do without. */
function optionsFor(name: string): object {
  if (name === 'Dense') return { outFeatures: 2 };
  if (name === 'Embedding') return { count: 3, features: 2 };
  if (name === 'GroupNorm') return { groups: 1 };
  if (name.includes('Conv')) return { outChannels: 2, kernelSize: 3 };
  if (name === 'Reshape') return { shape: [-1] };
  if (name === 'Upsample') return { scale: 2 };
  if (name === 'Pad') return { padding: 1 };
  if (name === 'Constant') return { shape: [1] };
  if (name === 'Compare') return { by: 'greater' };
  if (name === 'Einsum') return { equation: 'bi,bi->bi' };
  if (name === 'Broadcast') return { shape: [4, 9, 9] };
  if (name === 'Permute') return { order: [0, 1, 3, 2] };
  if (name === 'Slice') return { axis: 1 };
  if (name === 'Take') return { axis: 1, indices: [0] };
  if (name === 'Reduce') return { by: 'mean', axes: 1 };
  if (name === 'Elementwise') return { operation: 'exp' };
  if (name === 'Power') return { exponent: 2 };
  if (name.startsWith('Adaptive')) return { outputSize: 1 };
  return /^(Max|Avg)Pool/.test(name) ? { kernelSize: 3 } : {};
}

/** Those that are made of other layers. */
const blocks: Readonly<Record<string, () => Layer>> = {
  Residual: () => new nn.Residual([]),
  Sequential: () => new nn.Sequential([]),
  Branches: () => new nn.Branches([[]]),
  Skip: () => new nn.Skip([]),
  Model: () => {
    const x = nn.input([4, 9, 9]);
    return new nn.Model({ inputs: x, outputs: x });
  },
};

test('knows every layer of this package', () => {
  const classes = Object.values(nn).filter(
    (value) => typeof value === 'function' && typeof value.prototype?.build === 'function',
  ) as readonly (new (
    ...given: readonly object[]
  ) => Layer)[];
  expect(classes.length).toBeGreaterThan(35);
  const unknown = classes.flatMap((Class) => {
    const make = blocks[Class.name];
    const options = optionsFor(Class.name);
    // A layer without options refuses even those that are empty.
    const given = Object.keys(options).length > 0 ? ([options] as const) : [];
    const layer = make ? make() : new Class(...given);
    // Layers of several inputs have a table of their own.
    if ('joins' in layer)
      return describeJoin(layer as unknown as nn.JoinLayer, [[2], [2]], [2]).cost ? [] : [Class.name];
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
