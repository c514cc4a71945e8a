import * as fc from 'fast-check';
import { test } from 'vitest';
import { checkTrials, normalNumbers, type Trial } from '../../../test/trials.ts';
import type { PoolingSizes } from '../../kernels/pooling.ts';

interface Window {
  readonly kernel?: readonly [number, number];
  readonly stride?: readonly [number, number];
  readonly padding?: readonly [number, number];
  readonly dilation?: readonly [number, number];
  /** Whether a last window may hang over the edge. */
  readonly isCeiled?: boolean;
}

function sizesOf(planes: number, length: readonly [number, number], window: Window = {}): PoolingSizes {
  const { kernel = [2, 2], stride = [2, 2], padding = [0, 0], dilation = [1, 1], isCeiled = false } = window;
  const [outHeight, outWidth] = [0, 1].map((axis) => {
    const seen = length[axis] + 2 * padding[axis] - (kernel[axis] - 1) * dilation[axis] - 1;
    return Math.max(0, (isCeiled ? Math.ceil : Math.floor)(seen / stride[axis]) + 1);
  });
  return [planes, ...length, outHeight, outWidth, ...kernel, ...stride, ...padding, ...dilation];
}

const two = (least: number, most: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));

const lengths = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 21 }));
const windows = fc.record({
  kernel: two(1, 4),
  stride: two(1, 4),
  padding: two(0, 2),
  dilation: fc.oneof(fc.constant<[number, number]>([1, 1]), two(1, 3)),
  isCeiled: fc.boolean(),
});
const anySizes = fc
  .record({ planes: fc.nat(3), length: lengths, window: fc.oneof(windows, fc.constant({})) })
  .map(({ planes, length, window }) => sizesOf(planes, length, window));

/** Numbers among which ties are frequent, and now and then NaN and infinities. */
function tied(length: number, seed: number): Float32Array {
  return normalNumbers(length, seed, seed % 3 === 0).map((x) => (Math.abs(x) < 10 ? Math.round(x) : x));
}

const counts = (sizes: PoolingSizes): [number, number] => [sizes[1] * sizes[2], sizes[3] * sizes[4]];

function maxTrials(sizes: PoolingSizes, seed: number): Trial[] {
  const [planeSize, pixels] = counts(sizes);
  return (['maxPool2d', 'maxPool2dOfRelu'] as const).map((name) => ({
    name: `${name}(${sizes})`,
    inputs: [tied(sizes[0] * planeSize, seed)],
    outputs: [new Float32Array(sizes[0] * pixels), new Int32Array(sizes[0] * pixels)],
    call: (kernels, x, y, chosen) => kernels[name](x, y, chosen, ...sizes),
  }));
}

function averageTrials(given: PoolingSizes, seed: number): Trial[] {
  const [planes, height, width, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX, top, left] = given;
  const outputs = [outHeight, outWidth, kernelHeight, kernelWidth] as const;
  const sizes: PoolingSizes = [planes, height, width, ...outputs, strideY, strideX, top, left, 1, 1];
  const [planeSize, pixels] = counts(sizes);
  const area = sizes[5] * sizes[6];
  const shares = Float32Array.from({ length: pixels }, (_, at) => 1 / (1 + (at % area)));
  const [long, short] = [normalNumbers(planes * planeSize, seed), normalNumbers(planes * pixels, seed)];
  return [
    {
      name: `avgPool2d(${sizes})`,
      inputs: [long, shares],
      outputs: [short],
      call: (kernels, x, s, y) => kernels.avgPool2d(x, s, y, ...sizes),
      units: 2,
      absolute: 1e-6 * area,
    },
    {
      name: `avgPool2dGradient(${sizes})`,
      inputs: [short, shares],
      outputs: [long],
      call: (kernels, g, s, x) => kernels.avgPool2dGradient(g, s, x, ...sizes),
      units: 2,
      absolute: 1e-6 * area,
    },
  ];
}

function indexTrials(planes: number, planeSize: number, pixels: number, seed: number): Trial[] {
  const chosen = Int32Array.from({ length: planes * pixels }, (_, at) => {
    const index = (at * 7 + seed) % planeSize;
    return [index, -2 - index, -1][(at * 5 + seed) % 7 < 5 ? 0 : (at % 2) + 1];
  });
  const [long, short] = [normalNumbers(planes * planeSize, seed), normalNumbers(planes * pixels, seed)];
  const trials = (['takeChosen', 'putChosen', 'putOpen'] as const).map((name): Trial => {
    const [from, to] = name.startsWith('take') ? [long, short] : [short, long];
    return {
      name: `${name}(${[planes, planeSize, pixels]})`,
      inputs: [from, chosen],
      outputs: [to],
      call: (kernels, x, c, y) => kernels[name](x, c, y, planes, planeSize, pixels),
    };
  });
  return trials;
}

const large: readonly PoolingSizes[] = [
  sizesOf(300, [24, 24]),
  sizesOf(130, [27, 15]),
  sizesOf(40, [29, 30], { kernel: [3, 3], padding: [1, 1] }),
  sizesOf(40, [19, 30], { kernel: [3, 3], stride: [1, 1], padding: [1, 1] }),
  sizesOf(50, [25, 50], { kernel: [25, 50] }),
  // Single planes that are cut into bands, with windows that reach over their ends.
  sizesOf(1, [300, 211], { kernel: [3, 3], padding: [1, 1] }),
  sizesOf(1, [200, 150], { kernel: [3, 2], stride: [1, 1], dilation: [5, 3], padding: [2, 1] }),
  sizesOf(2, [150, 160], { kernel: [5, 5], stride: [3, 3], padding: [2, 2], isCeiled: true }),
  // Strides that lead far beyond the last window of a row.
  sizesOf(3, [70, 300], { kernel: [2, 3], stride: [60, 290] }),
];

test('maxPool2d and maxPool2dOfRelu choose the very numbers and indices', async () => {
  const small = fc.sample(anySizes, { numRuns: 300, seed: 3 });
  await checkTrials([...small, ...large].flatMap(maxTrials));
});

test('halving knows planes of all sizes', async () => {
  const sides = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 17];
  const sizes = sides.flatMap((height) => sides.map((width) => sizesOf(2, [height, width])));
  await checkTrials(sizes.flatMap((one, seed) => [...maxTrials(one, seed), ...averageTrials(one, seed)]));
});

test('avgPool2d and its gradient', async () => {
  const small = fc.sample(anySizes, { numRuns: 300, seed: 4 });
  await checkTrials([...small, ...large].flatMap(averageTrials));
});

test('numbers are taken from chosen indices and put back', async () => {
  await checkTrials([
    ...[
      [0, 4, 1],
      [1, 1, 1],
      [3, 7, 0],
      [2, 6, 9],
      [5, 35, 13],
      [400, 576, 144],
      [3, 20_000, 30_000],
    ].flatMap(([planes, planeSize, pixels], seed) => indexTrials(planes, planeSize, pixels, seed)),
  ]);
});
