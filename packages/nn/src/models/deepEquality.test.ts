import assert from 'node:assert';
import { inspect, isDeepStrictEqual } from 'node:util';
import { add, Parameter, Random, type Shape, Tape, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import * as nn from '../index.ts';

/*
 * What compares objects (toEqual of Vitest and Jest, assert.deepStrictEqual, isDeepStrictEqual) sees own enumerable properties
 * alone. All that holds numbers has to show them there: two that differ in one number are not equal.
 */

function areEqual(a: object, b: object): boolean {
  const holds = [() => expect(a).toEqual(b), () => expect(a).toStrictEqual(b), () => assert.deepStrictEqual(a, b)].map(
    (check) => {
      try {
        check();
        return true;
      } catch {
        return false;
      }
    },
  );
  const all = new Set([...holds, isDeepStrictEqual(a, b)]);
  expect(all.size).toBe(1);
  return holds[0];
}

/** The layers that have parameters or buffers, and what one input of each is like. */
const layers: Readonly<Record<string, readonly [make: () => nn.Layer, inputShape: Shape]>> = {
  Affine: [() => new nn.Affine(), [2, 3]],
  BatchNorm: [() => new nn.BatchNorm(), [2, 3]],
  Branches: [() => new nn.Branches([[new nn.Dense({ outFeatures: 2 })], []], { join: new nn.Concat() }), [2]],
  Constant: [() => new nn.Constant({ shape: [2] }), [3]],
  Conv1d: [() => new nn.Conv1d({ outChannels: 2, kernelSize: 2 }), [1, 4]],
  Conv2d: [() => new nn.Conv2d({ outChannels: 2, kernelSize: 2 }), [1, 4, 4]],
  Conv3d: [() => new nn.Conv3d({ outChannels: 2, kernelSize: 2 }), [1, 4, 4, 4]],
  ConvTranspose1d: [() => new nn.ConvTranspose1d({ outChannels: 2, kernelSize: 2 }), [1, 4]],
  ConvTranspose2d: [() => new nn.ConvTranspose2d({ outChannels: 2, kernelSize: 2 }), [1, 4, 4]],
  ConvTranspose3d: [() => new nn.ConvTranspose3d({ outChannels: 2, kernelSize: 2 }), [1, 4, 4, 4]],
  DeformConv2d: [() => new nn.DeformConv2d({ outChannels: 2, kernelSize: 2 }), [1, 4, 4]],
  Dense: [() => new nn.Dense({ outFeatures: 2 }), [3]],
  Embedding: [() => new nn.Embedding({ count: 3, features: 2 }), [2]],
  GroupNorm: [() => new nn.GroupNorm({ groups: 1 }), [2, 3]],
  InstanceNorm: [() => new nn.InstanceNorm({ affine: true }), [2, 3]],
  LayerNorm: [() => new nn.LayerNorm(), [2]],
  PReLU: [() => new nn.PReLU(), [2]],
  Residual: [() => new nn.Residual([new nn.Dense({ outFeatures: 2 })], { shortcut: [new nn.Affine()] }), [2]],
  Sequential: [() => new nn.Sequential([new nn.Dense({ outFeatures: 2 }), new nn.BatchNorm()]), [2]],
  Skip: [() => new nn.Skip([new nn.Dense({ outFeatures: 2 })]), [2]],
  SqueezeExcitation: [() => new nn.SqueezeExcitation({ reduction: 1 }), [2, 3, 3]],
};

function built(name: string): nn.Layer {
  const [make, inputShape] = layers[name];
  const layer = make();
  layer.build(inputShape, { name: 'layer1', random: new Random(1), dtype: 'float32' });
  return layer;
}

describe('tells two layers apart that differ in one number:', () => {
  test('all that have some are here', () => {
    const withNumbers = Object.entries(nn as Readonly<Record<string, unknown>>).filter(
      ([name, value]) =>
        typeof value === 'function' &&
        /^class\b/.test(String(value)) &&
        value.prototype !== undefined &&
        'build' in value.prototype &&
        // Those without keep an empty list of their own.
        'parameters' in value.prototype &&
        name !== 'Model',
    );
    expect(withNumbers.map(([name]) => name).sort()).toEqual(Object.keys(layers).sort());
  });

  test.each(Object.keys(layers))('%s', (name) => {
    expect(areEqual(built(name), built(name))).toBe(true);
    const { parameters, buffers = [] } = built(name);
    expect(parameters.length + buffers.length).toBeGreaterThan(0);
    for (const index of parameters.keys()) {
      const other = built(name);
      other.parameters[index].update((numbers) => {
        numbers[0] += 1;
      });
      expect(areEqual(other, built(name))).toBe(false);
    }
    for (const index of buffers.keys()) {
      const other = built(name);
      const buffer = other.buffers?.[index] as nn.LayerBuffer;
      buffer.assign(add(buffer.value, 1));
      expect(areEqual(other, built(name))).toBe(false);
    }
  });

  test('blocks that were not built yet, by the layers they have', () => {
    const blocks = (layer: nn.Layer) => [
      new nn.Sequential([layer]),
      new nn.Residual([layer]),
      new nn.Residual([], { shortcut: [layer] }),
      new nn.Branches([[layer], []]),
    ];
    const [one, same, other] = [new nn.ReLU(), new nn.ReLU(), new nn.Dense({ outFeatures: 2 })].map(blocks);
    for (const [index, block] of one.entries()) {
      expect(areEqual(block, same[index])).toBe(true);
      expect(areEqual(block, other[index])).toBe(false);
    }
  });
});

function models(seed: number) {
  const block = () => [new nn.Dense({ outFeatures: 2 }), new nn.BatchNorm()];
  const entrance = nn.input([2]);
  return [
    new nn.Sequential(block(), { inputShape: [2], random: new Random(seed) }),
    new nn.Model({ inputs: entrance, outputs: entrance.to(...block()), random: new Random(seed) }),
  ];
}

test('tells two models apart by parameters and buffers', () => {
  for (const [index, model] of models(1).entries()) {
    expect(areEqual(model, models(1)[index])).toBe(true);
    expect(areEqual(model, models(2)[index])).toBe(false);
    const other = models(1)[index];
    other.buffers[0].assign(tensor([1, 1]));
    expect(areEqual(model, other)).toBe(false);
  }
});

const parameter = (): Parameter => new Parameter('w', tensor([[1, 2]]));

/** An optimiser after steps with these gradients; its parameters are as they were. */
function stepped(Kind: typeof nn.Adam, gradients: readonly number[]): nn.Adam {
  const w = parameter();
  const optimiser = new Kind([w], { learningRate: 0.1 });
  for (const gradient of gradients) {
    optimiser.step({ has: () => true, get: () => tensor([[gradient, 1]]) });
    w.assign(tensor([[1, 2]]));
  }
  return optimiser;
}

const optimisers = Object.entries(nn as Readonly<Record<string, unknown>>).filter(
  ([, value]) => typeof value === 'function' && value.prototype instanceof nn.Optimiser,
) as [string, typeof nn.Adam][];

test('there are optimisers', () => {
  expect(optimisers.length).toBeGreaterThan(7);
});

test.each(optimisers)('tells two of %s apart by settings, steps and what they remember', (name, Kind) => {
  expect(areEqual(stepped(Kind, [1]), stepped(Kind, [1]))).toBe(true);
  expect(areEqual(stepped(Kind, [1]), stepped(Kind, []))).toBe(false);
  // Without momentum there is nothing to remember but the count of steps.
  if (name !== 'SGD') expect(areEqual(stepped(Kind, [1]), stepped(Kind, [2]))).toBe(false);
  const other = stepped(Kind, [1]);
  other.learningRate = 0.2;
  expect(areEqual(other, stepped(Kind, [1]))).toBe(false);
  expect(areEqual(stepped(Kind, []), stepped(name === 'Adam' ? optimisers[0][1] : nn.Adam, []))).toBe(false);
  expect(JSON.parse(JSON.stringify(other)).content).toEqual(JSON.parse(JSON.stringify(other.state())));
  expect(inspect(other, { depth: 4 })).toContain(`${name} {`);
  expect(inspect(other, { depth: 4 })).toContain('Parameter w float32 [1, 2] [[1, 2]]');
});

test('tells moving averages apart by their averages and decays', () => {
  const average = (first: number, decay: number) => {
    const w = new Parameter('w', tensor([first]));
    const made = new nn.ExponentialMovingAverage([w], { decay });
    w.assign(tensor([2]));
    return made;
  };
  expect(areEqual(average(1, 0.5), average(1, 0.5))).toBe(true);
  expect(areEqual(average(1, 0.5), average(3, 0.5))).toBe(false);
  expect(areEqual(average(1, 0.5), average(1, 0.6))).toBe(false);
  expect(JSON.parse(JSON.stringify(average(1, 0.5)))).toEqual({ content: { decay: 0.5, averages: { w: { 0: 1 } } } });
});

test('tells buffers apart by name and numbers', () => {
  const buffer = (name: string, number: number) => new nn.LayerBuffer(name, tensor([number]));
  expect(areEqual(buffer('mean', 1), buffer('mean', 1))).toBe(true);
  expect(areEqual(buffer('mean', 1), buffer('mean', 2))).toBe(false);
  expect(areEqual(buffer('mean', 1), buffer('other', 1))).toBe(false);
  expect(inspect(buffer('mean', 1))).toBe("LayerBuffer { name: 'mean', current: Tensor float32 [1] [1] }");
  expect(JSON.stringify(buffer('mean', 1))).toBe('{"name":"mean","current":[1]}');
});

test('tells random streams apart by their states', () => {
  const drawn = new Random(1);
  drawn.uniform();
  expect(areEqual(new Random(1), new Random(1))).toBe(true);
  expect(areEqual(new Random(1), new Random(2))).toBe(false);
  expect(areEqual(new Random(1), drawn)).toBe(false);
  expect(areEqual(Random.from(drawn.state), drawn)).toBe(true);
});

test('tells callbacks and schedules apart by what they have seen', async () => {
  const seen = async (meanLoss: number, first = 1) => {
    const [best, history] = [new nn.KeepBest({ parameters: [new Parameter('w', tensor([first]))] }), new nn.History()];
    await best.onEpochEnd({ epoch: 1, step: 1, meanLoss });
    history.onEpochEnd({ epoch: 1, step: 1, meanLoss });
    const plateau = new nn.ReduceOnPlateau({ base: 1 });
    plateau.report(meanLoss);
    return [best, history, plateau];
  };
  const [one, same, other] = [await seen(1), await seen(1), await seen(2)];
  for (const [index, each] of one.entries()) {
    expect(areEqual(each, same[index])).toBe(true);
    expect(areEqual(each, other[index])).toBe(false);
  }
  expect(areEqual(one[0], (await seen(1, 5))[0])).toBe(false);
});

test('console.log and JSON.stringify show the numbers of a layer', () => {
  const layer = built('Dense');
  layer.parameters[0].assign(
    tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  );
  layer.parameters[1].assign(tensor([0, 0]));
  expect(inspect(layer, { depth: 3 })).toContain('Parameter layer1.bias float32 [2] [0, 0]');
  expect(JSON.parse(JSON.stringify(layer)).learnt).toEqual([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [0, 0],
  ]);
});

test('a layer is not the tape that it was called on', () => {
  using tape = new Tape();
  const model = models(1)[0];
  model.call(tape.constant([[1, 2]]), { training: false });
  expect(areEqual(model, models(1)[0])).toBe(true);
});
