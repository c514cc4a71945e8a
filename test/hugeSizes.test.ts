import * as core from '@tapegrad/core';
import * as datasets from '@tapegrad/datasets';
import * as nn from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { coreCalls, datasetCalls, nnCalls } from './rightCalls.ts';

/*
 * A size that no array can have, wherever a number stands in a right call: it ends in a value or in an error in words, and
 * never in the RangeError with which the machine refuses an array.
 */

const huge = 2 ** 52;

/** Functions that would be right to work for that long. */
const patient = ['gradientDescent'];

/** The arguments with one number in them made huge, one variant for each number. */
function variants(value: unknown): unknown[] {
  if (typeof value === 'number') return [huge];
  if (Array.isArray(value)) return value.flatMap((each, at) => variants(each).map((other) => value.with(at, other)));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([name, each]) => variants(each).map((other) => ({ ...value, [name]: other })));
}

async function called(target: unknown, given: unknown): Promise<unknown> {
  const callable = target as (...given: unknown[]) => unknown;
  const isClass = /^class\b/.test(String(callable));
  try {
    const made = await (isClass ? Reflect.construct(callable, given as unknown[]) : callable(...(given as unknown[])));
    return await (made as Partial<Iterator<unknown>> | undefined)?.next?.();
  } catch (error) {
    return error;
  }
}

const { Random, Tape, ones, tensor } = core;
const random = new Random(1);
const alone = (layer: nn.Layer, inputShape: readonly number[]): unknown => {
  const model = new nn.Sequential([layer], { inputShape, random });
  return model.call(ones([1, ...inputShape]), { training: true, random }).toList();
};

/** What takes options alone, with a number in them that is far too large. */
const options: Readonly<Record<string, () => unknown>> = {
  Dense: () => alone(new nn.Dense({ outFeatures: huge }), [4]),
  Conv2d: () => alone(new nn.Conv2d({ outChannels: huge, kernelSize: 3 }), [1, 4, 4]),
  'padding of Conv2d': () => alone(new nn.Conv2d({ outChannels: 1, kernelSize: 3, padding: huge }), [1, 4, 4]),
  'stride of ConvTranspose2d': () =>
    alone(new nn.ConvTranspose2d({ outChannels: 1, kernelSize: 3, stride: huge }), [1, 4, 4]),
  Embedding: () => alone(new nn.Embedding({ count: huge, features: 3 }), [2]),
  Upsample: () => alone(new nn.Upsample({ size: huge }), [1, 4, 4]),
  'Upsample, bilinear': () => alone(new nn.Upsample({ scale: huge, mode: 'bilinear' }), [1, 4, 4]),
  AdaptiveAvgPool2d: () => alone(new nn.AdaptiveAvgPool2d({ outputSize: huge }), [1, 4, 4]),
  'pad, circular': () => core.pad([1, 2], [[0, huge]], { mode: 'circular' }),
  'numbers of a broadcast': () => core.broadcastTo([1], [huge]).toFlatArray(),
  'lists of nothing': () => core.zeros([huge, 0]).toList(),
  'a product': () => core.matmul(core.zeros([100_000, 1]), core.zeros([1, 2_000_000])),
  hessian: () => core.hessian((x) => core.sum(core.square(x)), core.zeros([200_000])),
  'on a tape': () => {
    using tape = new Tape();
    return core.multiply(tape.watch(core.zeros([100_000, 1])), core.zeros([1, 2_000_000])).toList();
  },
  permutation: () => random.permutation(huge),
  builtInDigits: () => datasets.builtInDigits({ train: huge, test: 1 }),
  drawDigits: () => datasets.drawDigits({ count: huge }),
  noisyLine: () => datasets.noisyLine({ count: huge, random }),
  weightedIndices: () => datasets.weightedIndices([1, 2], { random, count: huge }),
  kaimingNormal: () => nn.kaimingNormal({ shape: [huge, 2], random }),
};

test.each(Object.entries(options))('%s', (_, call) => {
  expect(call).toThrow(core.TapegradError);
});

test.each<[string, (x: core.Tensor) => core.Tensor]>([
  ['sum', (x) => core.sum(x, { axes: 1 })],
  ['max', (x) => core.max(x, { axes: 1 })],
  ['softmax', (x) => core.softmax(x, { axis: 1 })],
  ['cumulativeSum', (x) => core.cumulativeSum(x, { axis: 1 })],
  ['norm', (x) => core.norm(x, { axes: 1 })],
])('%s of no numbers ends at once, however long another axis is; on a tape too', (_, op) => {
  const nothing = core.zeros([2 ** 32, 3, 0]);
  expect(op(nothing).size).toBe(0);
  using tape = new Tape();
  const x = tape.watch(nothing);
  expect(op(x).read()).toHaveLength(0);
  expect(tape.gradients(core.sum(op(x))).get(x).size).toBe(0);
});

test('a window that would come round in 32 bits', () => {
  const x = tensor(new Float32Array(16), { shape: [1, 1, 4, 4] });
  const far = { stride: 2 ** 32, padding: 2 ** 32 };
  expect(() => core.conv2d(x, ones([1, 1, 3, 3]), far)).toThrow('wanted less than 268435456');
  expect(() => core.avgPool2d(x, { kernelSize: 2 ** 32 + 2, padding: 2 ** 31 })).toThrow('wanted less than 268435456');
});

const packages = [
  { name: 'core', exported: { ...core } as Readonly<Record<string, unknown>>, calls: coreCalls },
  { name: 'nn', exported: { ...nn } as Readonly<Record<string, unknown>>, calls: nnCalls },
  { name: 'datasets', exported: { ...datasets } as Readonly<Record<string, unknown>>, calls: datasetCalls },
];

describe.each(packages)('$name', ({ exported, calls }) => {
  test.each(Object.entries(calls).filter(([name]) => !patient.includes(name)))('%s', async (name, right) => {
    for (const given of variants(right())) {
      const made = await called(exported[name], given);
      if (made instanceof Error) expect(made).toBeInstanceOf(core.TapegradError);
    }
  });
});
