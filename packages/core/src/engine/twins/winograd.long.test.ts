import { afterAll, describe, expect, test } from 'vitest';
import { Random } from '../../index.ts';
import * as reference from '../../kernels/index.ts';
import type { ConvolutionSizes } from '../../kernels/patches.ts';
import * as kernels from '../kernels.ts';
import { configureEngine } from '../machine.ts';

afterAll(() => configureEngine({ engine: 'relaxed', threads: 1, lanes: 128, winograd: true }));

const random = new Random(3);
const normal = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());

/** [batch, input channels, output channels, rows and columns, those of the filter], padded so that outputs have the size of inputs */
type Layer = readonly [number, number, number, number, number];

function layerOf([batch, inChannels, outChannels, size, kernel]: Layer) {
  const padding = (kernel - 1) / 2;
  const sizes: ConvolutionSizes = [
    ...([batch, inChannels, size, size, outChannels, size, size, kernel, kernel] as const),
    ...([1, 1, padding, padding, 1, 1, 1] as const),
  ];
  const plane = size * size;
  const x = normal(batch * inChannels * plane);
  const weight = normal(outChannels * inChannels * kernel * kernel);
  const g = normal(batch * outChannels * plane);
  return { sizes, x, weight, g };
}

interface Directions<Numbers> {
  readonly forward: Numbers;
  readonly input: Numbers;
  readonly filter: Numbers;
}

/** All three directions, by these kernels and in numbers of this type. */
function directions<Numbers extends Float32Array | Float64Array>(
  set: Pick<typeof reference, 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient'>,
  { sizes, x, weight, g }: ReturnType<typeof layerOf>,
  of: (numbers: Float32Array) => Numbers,
): Directions<Numbers> {
  const result = { forward: of(g), input: of(x), filter: of(weight) };
  set.conv2d(of(x), of(weight), null, result.forward, ...sizes);
  set.conv2dInputGradient(of(g), of(weight), result.input, ...sizes);
  set.conv2dFilterGradient(of(x), of(g), result.filter, ...sizes);
  return result;
}

/** The root of the mean square of the error, relative to that of the numbers. */
function errorOf(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  let [error, size] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    error += (found[i] - truth[i]) ** 2;
    size += truth[i] ** 2;
  }
  return Math.sqrt(error / size);
}

/** The definition in float32: each product and each sum is rounded, in the order of the loops. */
function plainly([batch, inChannels, outChannels, size, kernel]: Layer, { x, weight, g }: ReturnType<typeof layerOf>) {
  const { fround } = Math;
  const padding = (kernel - 1) / 2;
  const forward = new Float32Array(g.length);
  const filter = new Float32Array(weight.length);
  const input = new Float32Array(x.length);
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < outChannels; o++)
      for (let c = 0; c < inChannels; c++)
        for (let i = 0; i < kernel; i++)
          for (let j = 0; j < kernel; j++)
            for (let row = Math.max(0, padding - i); row < Math.min(size, size + padding - i); row++)
              for (let column = Math.max(0, padding - j); column < Math.min(size, size + padding - j); column++) {
                const to = ((n * outChannels + o) * size + row) * size + column;
                const from = ((n * inChannels + c) * size + row + i - padding) * size + column + j - padding;
                const tap = ((o * inChannels + c) * kernel + i) * kernel + j;
                forward[to] += fround(x[from] * weight[tap]);
                input[from] += fround(g[to] * weight[tap]);
                filter[tap] += fround(g[to] * x[from]);
              }
  return { forward, input, filter };
}

const same = (numbers: Float32Array): Float32Array => numbers.slice();
const layers: readonly Layer[] = [
  [4, 32, 32, 16, 3],
  [2, 64, 64, 8, 3],
  [3, 8, 16, 12, 3],
  [3, 12, 16, 12, 3],
  [2, 40, 24, 13, 3],
  [3, 32, 32, 16, 5],
  [2, 16, 64, 8, 5],
  [2, 40, 24, 11, 5],
];

describe.each(layers)('batch %i, %i → %i channels, %i², filters of %i²', (...layer) => {
  const numbers = layerOf(layer);
  const truth = directions(reference, numbers, (numbers) => Float64Array.from(numbers));
  const plain = plainly(layer, numbers);
  const names = ['forward', 'input', 'filter'] as const;

  test.each(['relaxed', 'simd'] as const)(
    'the error against float64 is at most 3 times that of the plain sum: %s',
    (engine) => {
      configureEngine({ engine, winograd: true, lanes: 128 });
      const found = directions(kernels, numbers, same);
      for (const name of names) {
        const [error, plainError] = [errorOf(found[name], truth[name]), errorOf(plain[name], truth[name])];
        expect(error, name).toBeLessThan(3 * plainError);
        expect(error, name).toBeGreaterThan(1e-8);
      }
    },
  );

  test('without Winograd it is smaller, and other bits; both widths of lanes give the same', () => {
    const by = (winograd: boolean, lanes: 128 | 256) => {
      configureEngine({ engine: 'relaxed', winograd, lanes });
      return directions(kernels, numbers, same);
    };
    const [with128, with256] = [by(true, 128), by(true, 256)];
    const [without128, without256] = [by(false, 128), by(false, 256)];
    expect(with256).toEqual(with128);
    expect(without256).toEqual(without128);
    for (const name of names) {
      expect(errorOf(without128[name], truth[name]), name).toBeLessThan(errorOf(with128[name], truth[name]));
    }
  });
});

test.each([3, 5])(
  'a huge number that overflows in a transform does not, by the definition: filters of %i²',
  (kernel) => {
    configureEngine({ engine: 'relaxed', winograd: true });
    const numbers = layerOf([1, 16, 16, 9, kernel]);
    for (const at of [0, 40, 700]) numbers.x[at] = 2e38;
    numbers.weight.fill(2 ** -3);
    const truth = directions(reference, numbers, same);
    const found = directions(kernels, numbers, same);
    expect(found.forward.every(Number.isFinite)).toBe(truth.forward.every(Number.isFinite));
    expect(
      errorOf(
        found.forward.map((number) => number / 2 ** 100),
        truth.forward.map((number) => number / 2 ** 100),
      ),
    ).toBeLessThan(1e-6);
  },
);
