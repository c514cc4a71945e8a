import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../index.ts';
import { biasGradientChosen, conv2dFilterGradientChosen, conv2dInputGradientChosen } from './chosen.ts';
import { conv2dFilterGradient, conv2dInputGradient } from './convolution.ts';
import type { ConvolutionSizes } from './patches.ts';

const small = fc.integer({ min: 1, max: 3 });

/** Convolutions of all strides, paddings, dilations and groups, with some pooled pixels of their outputs. */
const cases = fc
  .record({
    batch: fc.integer({ min: 0, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
    inPerGroup: small,
    outPerGroup: small,
    out: fc.tuple(small, small),
    kernel: fc.tuple(small, small),
    stride: fc.tuple(small, small),
    padding: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
    dilation: fc.tuple(small, small),
    extra: fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 2 })),
    pooledPixels: fc.integer({ min: 0, max: 6 }),
    seed: fc.nat(1000),
  })
  .map((one) => {
    const [height, width] = [0, 1].map((axis) => {
      const reach = (one.out[axis] - 1) * one.stride[axis] + (one.kernel[axis] - 1) * one.dilation[axis] + 1;
      return Math.max(1, reach - one.padding[axis] + one.extra[axis]);
    });
    const [inChannels, outChannels] = [one.groups * one.inPerGroup, one.groups * one.outPerGroup];
    const sizes: ConvolutionSizes = [
      ...([one.batch, inChannels, height, width, outChannels, ...one.out, ...one.kernel] as const),
      ...([...one.stride, ...one.padding, ...one.dilation, one.groups] as const),
    ];
    return { sizes, pooledPixels: one.pooledPixels, seed: one.seed };
  });

function numbersOf({ sizes, pooledPixels, seed }: { sizes: ConvolutionSizes; pooledPixels: number; seed: number }) {
  const [batch, inChannels, height, width, outChannels, outHeight, outWidth, kernelHeight, kernelWidth] = sizes;
  const random = new Random(seed);
  const uniform = (length: number) => Float64Array.from({ length }, () => random.uniform(-1, 1));
  const spots = outHeight * outWidth;
  const g = uniform(batch * outChannels * pooledPixels);
  const chosen = Int32Array.from(g, () => Math.floor(random.uniform(-0.3, 1) * spots));
  const expanded = new Float64Array(batch * outChannels * spots);
  for (let at = 0; at < g.length; at++) {
    if (chosen[at] >= 0) expanded[Math.floor(at / pooledPixels) * spots + chosen[at]] += g[at];
  }
  return {
    x: uniform(batch * inChannels * height * width),
    weight: uniform(outChannels * (inChannels / sizes[15]) * kernelHeight * kernelWidth),
    g,
    chosen,
    expanded,
  };
}

/** What memory may hold before: a kernel writes every number of its result. */
const dirty = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

test('the gradients are those of the cotangent written out', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { x, weight, g, chosen, expanded } = numbersOf(one);
      const [found, wanted] = [dirty(weight.length), dirty(weight.length)];
      conv2dFilterGradientChosen(x, g, chosen, found, one.pooledPixels, ...one.sizes);
      conv2dFilterGradient(x, expanded, wanted, ...one.sizes);
      expectAllClose(found, wanted);
      const [foundInput, wantedInput] = [dirty(x.length), dirty(x.length)];
      conv2dInputGradientChosen(g, chosen, weight, foundInput, one.pooledPixels, ...one.sizes);
      conv2dInputGradient(expanded, weight, wantedInput, ...one.sizes);
      expectAllClose(foundInput, wantedInput);
    }),
  );
});

test('biasGradientChosen adds what flows', () => {
  const g = [1, 2, 3, 4, 5, Number.NaN, 7, 8];
  const chosen = Int32Array.of(0, -1, 3, 3, 0, -1, -1, 0);
  const found = dirty(2);
  biasGradientChosen(Float64Array.from(g), chosen, found, 2, 2, 2);
  expect([...found]).toEqual([1 + 5, 3 + 4 + 8]);
});

test('in float32, sums are carried in double precision', () => {
  const g = Float32Array.of(1e8, 1, -1e8);
  const found = new Float32Array(1);
  const sizes: ConvolutionSizes = [1, 1, 1, 3, 1, 1, 3, 1, 1, 1, 1, 0, 0, 1, 1, 1];
  conv2dFilterGradientChosen(Float32Array.of(1, 1, 1), g, Int32Array.of(0, 1, 2), found, 3, ...sizes);
  expect([...found]).toEqual([1]);
  biasGradientChosen(g, Int32Array.of(0, 1, 2), found, 1, 1, 3);
  expect([...found]).toEqual([1]);
});

test('what is not finite is seen by the cotangents that meet it and are not zero', () => {
  const x = Float64Array.of(1, Number.POSITIVE_INFINITY, 3);
  const found = new Float64Array(1);
  const sizes: ConvolutionSizes = [1, 1, 1, 3, 1, 1, 3, 1, 1, 1, 1, 0, 0, 1, 1, 1];
  const run = (g: number[], chosen: number[]): number => {
    conv2dFilterGradientChosen(x, Float64Array.from(g), Int32Array.from(chosen), found, 2, ...sizes);
    return found[0];
  };
  expect(run([1, 1], [0, 2])).toBe(4);
  expect(run([1, 0], [2, 1])).toBe(3);
  expect(run([1, 5], [2, -1])).toBe(3);
  expect(run([1, 5], [2, 1])).toBe(Number.POSITIVE_INFINITY);
});

function expectAllClose(found: Float64Array, wanted: Float64Array): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - wanted[i])).toBeLessThan(1e-12);
}
