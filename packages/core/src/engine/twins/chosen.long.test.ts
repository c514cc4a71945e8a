import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../index.ts';
import * as reference from '../../kernels/index.ts';
import type { ConvolutionSizes } from '../../kernels/patches.ts';
import type { Kernels } from '../kernels.ts';
import * as kernels from '../kernels.ts';
import { configureEngine, machine } from '../machine.ts';
import type { Machine } from '../state.ts';

interface Case {
  readonly sizes: ConvolutionSizes;
  readonly pooledPixels: number;
  readonly seed: number;
  /** Puts an infinity and a NaN among the numbers. */
  readonly isWild: boolean;
}

type Two = readonly [number, number];

interface Axes {
  readonly kernel: Two;
  readonly stride?: Two;
  readonly padding?: Two;
  readonly dilation?: Two;
  /** How much longer the image is than its part that the convolution sees. */
  readonly extra?: Two;
}

function sizesOf(batch: number, groups: number, inPerGroup: number, outPerGroup: number, out: Two, axes: Axes) {
  const { kernel, stride = [1, 1], padding = [0, 0], dilation = [1, 1], extra = [0, 0] } = axes;
  const image = [0, 1].map((axis) => {
    const seen = (out[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1;
    return Math.max(1, seen - padding[axis] + extra[axis]);
  });
  const sizes: ConvolutionSizes = [
    ...([batch, groups * inPerGroup, image[0], image[1], groups * outPerGroup, ...out, ...kernel] as const),
    ...([...stride, ...padding, ...dilation, groups] as const),
  ];
  return sizes;
}

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const two = (max: number, min = 1) => fc.tuple(upTo(max, min), upTo(max, min));

/** All strides, paddings, dilations, groups, and channels that fill vectors or do not. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    batch: upTo(11, 0),
    groups: fc.constantFrom(1, 1, 2),
    inPerGroup: fc.oneof(upTo(9), fc.constantFrom(12, 16, 21)),
    outPerGroup: upTo(5),
    out: two(6),
    axes: fc.record({
      kernel: fc.oneof(two(6), fc.constantFrom<Two[]>([3, 3], [5, 5], [1, 1])),
      stride: fc.oneof(fc.constant<Two>([1, 1]), two(3)),
      padding: fc.oneof(fc.constant<Two>([0, 0]), two(3, 0)),
      dilation: fc.oneof(fc.constant<Two>([1, 1]), two(3)),
      extra: fc.oneof(fc.constant<Two>([0, 0]), two(2, -2)),
    }),
    pooledPixels: upTo(12, 0),
    seed: fc.nat(10_000),
    isWild: fc.constantFrom(false, false, true),
  })
  .map(({ batch, groups, inPerGroup, outPerGroup, out, axes, ...rest }) => ({
    ...rest,
    sizes: sizesOf(batch, groups, inPerGroup, outPerGroup, out, axes),
  }));

/** The numbers of a case. Both sets of kernels ask for them, and each number of threads: they are drawn once. */
function numbersOf(one: Case): Numbers {
  const numbers = drawn.get(one) ?? draw(one);
  drawn.set(one, numbers);
  return numbers;
}

type Numbers = ReturnType<typeof draw>;

const drawn = new WeakMap<Case, Numbers>();

function draw({ sizes, pooledPixels, seed, isWild }: Case) {
  const [batch, inChannels, height, width, outChannels, outHeight, outWidth, kernelHeight, kernelWidth] = sizes;
  const random = new Random(seed);
  const uniform = (length: number) => {
    const numbers = new Float32Array(length);
    for (let at = 0; at < length; at++) numbers[at] = random.uniform(-1, 1);
    if (isWild && length > 0) {
      numbers[Math.floor(random.uniform(0, length))] = Number.POSITIVE_INFINITY;
      numbers[Math.floor(random.uniform(0, length))] = Number.NaN;
    }
    return numbers;
  };
  const g = uniform(batch * outChannels * pooledPixels).map((number) => (Math.abs(number) < 0.1 ? 0 : number));
  return {
    x: uniform(batch * inChannels * height * width),
    weight: uniform(outChannels * (inChannels / sizes[15]) * kernelHeight * kernelWidth),
    g,
    chosen: Int32Array.from(g, () => Math.floor(random.uniform(-0.2, 1) * outHeight * outWidth)),
  };
}

const guard = 16;

/**
 * What a kernel writes into memory that held NaN, of which it leaves the numbers before and behind alone: into the engine's
 * own memory, since arrays from elsewhere are copied.
 */
function written(length: number, write: (to: Float32Array) => void): Float32Array {
  const { heap } = machine() as Machine;
  const block = heap.take(4 * (length + 2 * guard), heap.work);
  const room = heap.floats(block, length + 2 * guard).fill(Number.NaN);
  room.fill(7, 0, guard).fill(7, guard + length);
  write(room.subarray(guard, guard + length));
  for (const numbers of [room.subarray(0, guard), room.subarray(guard + length)]) {
    expect(numbers.every((number) => number === 7)).toBe(true);
  }
  heap.give(block, heap.work);
  return room.slice(guard, guard + length);
}

function gradientsOf(of: Kernels, one: Case) {
  const { x, weight, g, chosen } = numbersOf(one);
  const { sizes, pooledPixels } = one;
  return {
    filter: written(weight.length, (to) => of.conv2dFilterGradientChosen(x, g, chosen, to, pooledPixels, ...sizes)),
    input: written(x.length, (to) => of.conv2dInputGradientChosen(g, chosen, weight, to, pooledPixels, ...sizes)),
    bias: written(sizes[4], (to) => of.biasGradientChosen(g, chosen, to, sizes[0], sizes[4], pooledPixels)),
  };
}

/** Every number is at most 1, so that rounding grows with the number of products in a sum. */
function expectTwins(one: Case): void {
  const [batch, , , , outChannels] = one.sizes;
  const [found, wanted] = [gradientsOf(kernels, one), gradientsOf(reference, one)];
  const perSample = one.pooledPixels * 2 ** -23;
  expectClose(found.filter, wanted.filter, batch * perSample);
  expectClose(found.input, wanted.input, outChannels * perSample);
  expectClose(found.bias, wanted.bias, batch * perSample);
}

function expectClose(found: Float32Array, wanted: Float32Array, tolerance: number): void {
  for (let at = 0; at < wanted.length; at++) {
    if (Object.is(found[at], wanted[at]) || Math.abs(found[at] - wanted[at]) <= tolerance) continue;
    expect([at, found[at]]).toEqual([at, wanted[at]]);
  }
}

/** With lines of every number of vectors up to more than one tile, and enough work for several pieces. */
const large: readonly Case[] = [
  { sizes: sizesOf(20, 1, 1, 8, [24, 24], { kernel: [5, 5] }), pooledPixels: 144 },
  { sizes: sizesOf(20, 1, 8, 16, [8, 8], { kernel: [5, 5] }), pooledPixels: 16 },
  { sizes: sizesOf(9, 1, 32, 12, [24, 24], { kernel: [3, 3] }), pooledPixels: 144 },
  { sizes: sizesOf(9, 1, 1, 7, [14, 14], { kernel: [3, 3], padding: [1, 1], extra: [-1, -1] }), pooledPixels: 49 },
  { sizes: sizesOf(9, 1, 52, 5, [6, 6], { kernel: [1, 1] }), pooledPixels: 9 },
  { sizes: sizesOf(9, 6, 1, 2, [9, 9], { kernel: [3, 3], padding: [1, 1], extra: [-1, -1] }), pooledPixels: 16 },
  { sizes: sizesOf(3, 1, 8, 5, [9, 9], { kernel: [11, 11], stride: [4, 4], padding: [2, 2] }), pooledPixels: 16 },
].map((one, seed) => ({ ...one, seed, isWild: false }));

/** Milliseconds of work, so that threads that sleep have time to wake up and take some of it. */
const long: Case = {
  ...{ sizes: sizesOf(64, 1, 32, 24, [24, 24], { kernel: [3, 3] }), pooledPixels: 144 },
  ...{ seed: 1, isWild: false },
};

describe.each(['relaxed', 'simd'] as const)('%s', (engine) => {
  beforeAll(() => configureEngine({ engine, threads: 1 }));
  afterAll(() => configureEngine({ threads: 1 }));

  test('the gradients are those of the reference', { timeout: 60_000 }, () => {
    fc.assert(fc.property(cases, expectTwins), { numRuns: 300 });
  });

  test.each(large)('so they are where there is more to do: $sizes', (one) => expectTwins(one));

  test.each([...large, long])('they are the same bits for any number of threads: $sizes', (one) => {
    const [first, ...others] = [1, 2, 3].map((threads) => {
      configureEngine({ engine, threads });
      return gradientsOf(kernels, one);
    });
    for (const other of others) {
      for (const name of ['filter', 'input', 'bias'] as const) {
        expect(Buffer.compare(bytesOf(first[name]), bytesOf(other[name]))).toBe(0);
      }
    }
  });
});

function bytesOf(numbers: Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
