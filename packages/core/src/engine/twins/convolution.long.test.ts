import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../index.ts';
import * as reference from '../../kernels/index.ts';
import type { ConvolutionSizes } from '../../kernels/patches.ts';
import type { Kernels } from '../kernels.ts';
import * as kernels from '../kernels.ts';
import { configureEngine, machine, usesWinograd } from '../machine.ts';

type Two = readonly [number, number];

interface Case {
  readonly batch: number;
  readonly groups: number;
  readonly inPerGroup: number;
  readonly outPerGroup: number;
  readonly image: Two;
  readonly kernel: Two;
  readonly stride: Two;
  readonly before: Two;
  readonly behind: Two;
  readonly dilation: Two;
  readonly hasBias: boolean;
}

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const two = (max: number, min = 1) => fc.tuple(upTo(max, min), upTo(max, min));
const mostly = (usual: number, max: number, min: number) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<Two>([usual, usual]) }, { weight: 1, arbitrary: two(max, min) });
const outputOf = ({ image, kernel, stride, before, behind, dilation }: Case): Two => {
  const along = (axis: 0 | 1) => {
    const seen = image[axis] + before[axis] + behind[axis] - dilation[axis] * (kernel[axis] - 1) - 1;
    return Math.floor(seen / stride[axis]) + 1;
  };
  return [along(0), along(1)];
};

/** All options, in sizes that tiles of four channels and eight columns divide or not. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    batch: fc.oneof(upTo(3, 0), upTo(19)),
    groups: fc.constantFrom(1, 1, 1, 2, 3),
    inPerGroup: upTo(5),
    outPerGroup: upTo(9),
    image: fc.oneof(two(9), two(21)),
    kernel: fc.oneof(two(7), fc.constantFrom<Two[]>([1, 1], [3, 3], [5, 5], [2, 3], [3, 5], [7, 7])),
    stride: mostly(1, 3, 1),
    before: mostly(0, 3, 0),
    behind: mostly(0, 3, 0),
    dilation: mostly(1, 2, 1),
    hasBias: fc.boolean(),
  })
  .filter((one) => Math.min(...outputOf(one)) >= 1);

/** Wide layers, mostly 3×3 and 5×5, for which there are other algorithms. */
const wide: fc.Arbitrary<Case> = fc
  .record({
    batch: upTo(9),
    groups: fc.constantFrom(1, 1, 2),
    inPerGroup: upTo(34, 8),
    outPerGroup: upTo(34, 8),
    image: fc.oneof(two(12, 4), two(20, 4)),
    kernel: fc.constantFrom<Two[]>([3, 3], [3, 3], [3, 3], [5, 5], [5, 5], [1, 3], [4, 2]),
    stride: mostly(1, 2, 1),
    before: mostly(1, 3, 0),
    behind: mostly(1, 3, 0),
    dilation: mostly(1, 2, 1),
    hasBias: fc.boolean(),
  })
  .filter((one) => Math.min(...outputOf(one)) >= 1);

/** Wide layers whose dilation divides all sizes, and nearly so: the first are computed by phases. */
const phased: fc.Arbitrary<Case> = fc
  .record({
    one: wide,
    // Each image is computed as several, one for each phase.
    batch: upTo(3),
    dilation: fc.constantFrom<Two[]>([2, 2], [3, 3], [1, 2], [4, 2]),
    padding: fc.constantFrom<Two[]>([1, 1], [0, 1], [2, 2]),
    more: fc.constantFrom<Two[]>([0, 0], [0, 0], [0, 0], [1, 0], [0, 1]),
  })
  .map(({ one, batch, dilation, padding, more }): Case => {
    const times = ([down, across]: Two): Two => [down * dilation[0], across * dilation[1]];
    const [height, width] = times([Math.min(one.image[0], 8), Math.min(one.image[1], 9)]);
    const image: Two = [height + more[0], width + more[1]];
    const kernel: Two = one.kernel[0] === 5 ? [5, 5] : [3, 3];
    return { ...one, batch, kernel, image, dilation, stride: [1, 1], before: times(padding), behind: times(padding) };
  })
  .filter((one) => Math.min(...outputOf(one)) >= 1);

const sizesOf = (one: Case): ConvolutionSizes => [
  ...([one.batch, one.groups * one.inPerGroup, ...one.image, one.groups * one.outPerGroup] as const),
  ...([...outputOf(one), ...one.kernel, ...one.stride, ...one.before, ...one.dilation, one.groups] as const),
];

interface Numbers {
  readonly x: Float32Array;
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
  readonly g: Float32Array;
}

const random = new Random(1);
/** Numbers from -1 to 1: tens of millions in all, so that each is one draw of 32 bits. */
function uniform(length: number): Float32Array {
  const numbers = new Float32Array(length);
  for (let at = 0; at < length; at++) numbers[at] = random.bits() / 2 ** 31 - 1;
  return numbers;
}

function numbersOf(one: Case): Numbers {
  const [, inChannels, height, width, outChannels, outHeight, outWidth, kernelHeight, kernelWidth] = sizesOf(one);
  return {
    x: uniform(one.batch * inChannels * height * width),
    weight: uniform(outChannels * one.inPerGroup * kernelHeight * kernelWidth),
    bias: one.hasBias ? uniform(outChannels) : null,
    g: uniform(one.batch * outChannels * outHeight * outWidth),
  };
}

const guard = 37;
/** Room for a result in the engine's memory, off any vector's boundary, filled with NaN, with guards around. */
function inMemory(length: number): { result: Float32Array; check: () => void; give: () => void } {
  const heap = machine()?.heap;
  if (!heap) throw new Error('these tests need the engine');
  const block = heap.take(4 * (length + 2 * guard), heap.work);
  const whole = new Float32Array(heap.memory.buffer, block.pointer, length + 2 * guard).fill(Number.NaN);
  const check = () => {
    const around = [...whole.subarray(0, guard), ...whole.subarray(guard + length)];
    expect(around.every(Number.isNaN)).toBe(true);
  };
  return { result: whole.subarray(guard, guard + length), check, give: () => heap.give(block, heap.work) };
}

/** The four kernels, each as what it computes from the numbers of a case. */
function results(set: Kernels, { x, weight, bias, g }: Numbers, sizes: ConvolutionSizes, isGuarded: boolean) {
  const compute = (length: number, kernel: (result: Float32Array) => void): Float32Array => {
    if (!isGuarded) {
      const result = new Float32Array(length).fill(Number.NaN);
      kernel(result);
      return result;
    }
    const { result, check, give } = inMemory(length);
    try {
      kernel(result);
      check();
      return result.slice();
    } finally {
      give();
    }
  };
  const conv2d = compute(g.length, (y) => set.conv2d(x, weight, bias, y, ...sizes));
  return {
    conv2d,
    // What the reference does, without computing its convolution again.
    conv2dRelu:
      set === reference
        ? conv2d.map((number) => Math.max(number, 0))
        : compute(g.length, (y) => set.conv2dRelu(x, weight, bias, y, ...sizes)),
    conv2dFilterGradient: compute(weight.length, (to) => set.conv2dFilterGradient(x, g, to, ...sizes)),
    conv2dInputGradient: compute(x.length, (to) => set.conv2dInputGradient(g, weight, to, ...sizes)),
  };
}

/**
 * Equal up to rounding; infinities and NaN at the same indices. Each addition rounds relative to the sum so far: where the
 * whole is above what is usual, so is the error.
 *
 * @param usual up to this size numbers are as exact as `tolerance` says
 */
function expectClose(found: Float32Array, wanted: Float32Array, tolerance: number, usual: number): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < found.length; i++) {
    const allowed = tolerance * (Number.isFinite(wanted[i]) ? Math.max(1, Math.abs(wanted[i]) / usual) : 1);
    if (Object.is(found[i], wanted[i]) || Math.abs(found[i] - wanted[i]) <= allowed) continue;
    throw new Error(`number ${i} of ${found.length} is ${found[i]}, should be ${wanted[i]} ± ${allowed}`);
  }
}

function termsOf(one: Case): number {
  const [height, width] = outputOf(one);
  const taps = one.kernel[0] * one.kernel[1];
  return Math.max(one.inPerGroup * taps, one.outPerGroup * taps, one.batch * height * width);
}

function expectTwins(one: Case, numbers: Numbers): void {
  const sizes = sizesOf(one);
  // Winograd's algorithm has twice the error of a plain sum (winograd.long.test.ts).
  const isWinograd =
    usesWinograd() && Math.min(one.inPerGroup, one.outPerGroup) >= 8 && ['3,3', '5,5'].includes(String(one.kernel));
  const tolerance = (isWinograd ? 2 : 1) * (2e-6 * Math.sqrt(termsOf(one)) + 1e-6);
  // A product of two numbers between -1 and 1 has the variance 1/9: twice the deviation of so many of them.
  const usual = (2 / 3) * Math.sqrt(termsOf(one));
  const wanted = results(reference, numbers, sizes, false);
  const found = results(kernels, numbers, sizes, true);
  for (const name of Object.keys(wanted) as (keyof typeof wanted)[]) {
    try {
      expectClose(found[name], wanted[name], tolerance, usual);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
}

const engines = [
  ['relaxed', 256],
  ['relaxed', 128],
  ['simd', 128],
] as const;

// Lanes of 128 bits are the same on every version of Node.
describe.each(process.env.TAPEGRAD_TRIED ? engines.slice(0, 1) : engines)('%s, lanes of %i', (engine, lanes) => {
  beforeAll(() => configureEngine({ engine, lanes, threads: 1 }));
  afterAll(() => configureEngine({ engine: 'relaxed', lanes: 128, threads: 1, winograd: true }));

  test('any sizes', () => {
    fc.assert(
      fc.property(cases, (one) => expectTwins(one, numbersOf(one))),
      { numRuns: 250 },
    );
  });

  test.each([
    ['a channel in each group', {}],
    ['a channel in each group, and one out of it', { outPerGroup: 1 }],
    ['a channel in each group, and one out of it, without strides', { outPerGroup: 1, stride: [1, 1] as const }],
  ])('%s', (_, rest) => {
    const depthwise = cases
      .map((one): Case => ({ ...one, inPerGroup: 1, groups: one.groups + 1, ...rest }))
      .filter((one) => Math.min(...outputOf(one)) >= 1);
    fc.assert(
      fc.property(depthwise, (one) => expectTwins(one, numbersOf(one))),
      { numRuns: 60 },
    );
  });

  test('small images with many zeros around, which rows share', () => {
    const small = wide.map((one): Case => {
      const [height, width] = one.image;
      return { ...one, stride: [1, 1], before: [2, 2], behind: [2, 2], image: [Math.min(height, 6), width] };
    });
    fc.assert(
      fc.property(small, (one) => expectTwins(one, numbersOf(one))),
      { numRuns: 40 },
    );
  });

  test('wide layers', () => {
    fc.assert(
      fc.property(wide, (one) => expectTwins(one, numbersOf(one))),
      { numRuns: 40 },
    );
  });

  test('wide layers with dilation', () => {
    fc.assert(
      fc.property(phased, (one) => expectTwins(one, numbersOf(one))),
      { numRuns: 40 },
    );
  });

  test('wide layers without Winograd', () => {
    configureEngine({ winograd: false });
    fc.assert(
      fc.property(wide, (one) => expectTwins(one, numbersOf(one))),
      { numRuns: 20 },
    );
    configureEngine({ winograd: true });
  });

  /** One number of one array is not finite, or almost nothing. */
  const wild = fc.tuple(
    fc
      .oneof(
        cases,
        cases.map((one): Case => ({ ...one, inPerGroup: 1, groups: 4 })),
        cases
          .map((one): Case => ({ ...one, inPerGroup: 1, outPerGroup: 1, groups: 4, stride: [1, 1] }))
          .filter((one) => Math.min(...outputOf(one)) >= 1),
        wide,
        phased,
      )
      .filter(({ batch }) => batch > 0),
    fc.constantFrom('x', 'weight', 'g', 'bias'),
    fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e-42),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
  );

  test('infinities and NaN reach what they reach in the reference, and no more', () => {
    fc.assert(
      fc.property(wild, ([one, name, number, where]) => {
        const numbers = numbersOf(one);
        const array = numbers[name as keyof Numbers];
        if (array) array[Math.floor(where * array.length)] = number;
        expectTwins(one, numbers);
      }),
      { numRuns: 150 },
    );
  });

  test('the same bits for any number of threads and any lanes', () => {
    const drawn = fc.sample(fc.oneof(cases, wide), { numRuns: 24, seed: 7 });
    const layer: Case = {
      ...{ batch: 5, groups: 1, inPerGroup: 16, outPerGroup: 18, image: [27, 26], kernel: [3, 3], stride: [1, 1] },
      ...{ before: [1, 1], behind: [1, 1], dilation: [1, 1], hasBias: true },
    };
    const layers: Case[] = [
      layer,
      { ...layer, kernel: [5, 5], before: [2, 2], behind: [2, 2] },
      { ...layer, stride: [2, 2] },
      { ...layer, dilation: [2, 2] },
      { ...layer, image: [28, 26], before: [2, 2], behind: [2, 2], dilation: [2, 2] },
      { ...layer, stride: [3, 2], dilation: [2, 3], image: [23, 14] },
      { ...layer, kernel: [5, 5], before: [0, 0], behind: [0, 0] },
      { ...layer, inPerGroup: 1, outPerGroup: 1, groups: 24 },
      { ...layer, inPerGroup: 1, outPerGroup: 2, groups: 24, stride: [2, 2] },
      { ...layer, batch: 20, kernel: [1, 1], before: [0, 0], behind: [0, 0] },
    ];
    const all = [...drawn, ...layers].map((one) => ({ sizes: sizesOf(one), numbers: numbersOf(one) }));
    const compute = (threads: number, lanes: 128 | 256) => {
      configureEngine({ threads, lanes });
      return all.map(({ sizes, numbers }) => results(kernels, numbers, sizes, false));
    };
    const alone = compute(1, 128);
    for (const [threads, lanes] of [
      [2, 128],
      [3, 128],
      [1, 256],
      [3, 256],
    ] as const) {
      for (const [at, found] of compute(threads, lanes).entries()) expect(bitsOf(found)).toBe(bitsOf(alone[at]));
    }
    configureEngine({ threads: 1, lanes: 128 });
  });
});

/** The bits of all results, short enough to be compared quickly. */
function bitsOf(found: ReturnType<typeof results>): string {
  const bytes = Object.values(found).map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  return Buffer.concat(bytes).toString('base64');
}
