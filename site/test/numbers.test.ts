import { Random } from '@tapegrad/core';
import { BatchNorm, Conv2d, Sequential, summary } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { costOf, fieldOf } from '../chapters/convolution.ts';
import { nets, residualBlock, sizesThrough, throughOne } from '../chapters/depth.ts';
import { shaped } from '../chapters/grids.ts';
import { hinge } from '../chapters/hinge.ts';
import { runningAfter } from '../chapters/normalisation.ts';

test('parameters and work of a convolution are those of the library’s summary', () => {
  for (const [channels, out, k, n, s] of [
    [3, 16, 3, 32, 1],
    [3, 16, 5, 32, 2],
    [8, 4, 1, 9, 3],
  ]) {
    const layer = new Conv2d({ outChannels: out, kernelSize: k, stride: s, padding: (k - 1) / 2 });
    const { totals } = summary(new Sequential([layer], { inputShape: [channels, n, n], random: new Random(1) }));
    expect(costOf({ in: channels, out, k, n, s })).toEqual({
      parameters: totals.parameters,
      work: totals.multiplyAccumulates,
    });
  }
});

test('the receptive field counted by gradients is that of the formula', () => {
  for (const [layers, k, s] of [
    [1, 3, 1],
    [3, 3, 1],
    [4, 5, 2],
    [5, 2, 3],
  ]) {
    let field = 1;
    for (let layer = 0, jump = 1; layer < layers; layer++, jump *= s) field += (k - 1) * jump;
    expect(fieldOf(layers, k, s)).toBe(field);
  }
});

test('hinge loss, and softmax loss in bits, are never below the 0-1 loss; softmax loss in nats is', () => {
  const losses = Array.from({ length: 121 }, (_, index) => index / 20 - 3).map((s) => {
    const at = hinge.pieces.margin.compute({ s });
    return { hinge: at.hinge, logistic: at.logistic, zeroOne: Number(s < 0) };
  });
  for (const { hinge, logistic, zeroOne } of losses) {
    expect(hinge).toBeGreaterThanOrEqual(zeroOne);
    expect(logistic / Math.LN2).toBeGreaterThanOrEqual(zeroOne);
  }
  expect(losses.some(({ logistic, zeroOne }) => logistic < zeroOne)).toBe(true);
});

test('running statistics are those that the layer keeps', () => {
  const layer = new BatchNorm({ momentum: 0.3 });
  layer.build([1], { name: 'norm', dtype: 'float64', random: new Random(1) });
  const batch = [4, 6, 5, 9];
  for (let step = 0; step < 3; step++) layer.call(shaped(batch, [4, 1]), { training: true, random: new Random(1) });
  const [mean, variance] = layer.buffers.map(({ value }) => value.item());
  const running = runningAfter(batch, 3, 0.3);
  expect(running.mean).toBeCloseTo(mean, 12);
  expect(running.variance).toBeCloseTo(variance, 12);
});

describe('what the chapter on depth says of its nets', () => {
  const last = (sizes: readonly number[]): number => sizes[sizes.length - 1];
  const relu = (gain: number) => sizesThrough(gain, nets.relu);

  test('by He’s gain ReLU keeps the size of both ways, by 1 it halves the mean square in each layer', () => {
    for (const sizes of [relu(Math.SQRT2).forward, relu(Math.SQRT2).back.toReversed()]) {
      expect(last(sizes) / sizes[0]).toBeGreaterThan(0.3);
      expect(last(sizes) / sizes[0]).toBeLessThan(3);
    }
    expect(last(relu(1).forward) / last(relu(Math.SQRT2).forward)).toBeCloseTo(2 ** -10, 12);
  });

  test('by gain 1 a net without activations stays level, and tanh is squeezed', () => {
    const { forward } = sizesThrough(1, nets.linear);
    expect(last(forward) / forward[0]).toBeGreaterThan(0.3);
    expect(last(forward) / forward[0]).toBeLessThan(3);
    expect(Math.max(...sizesThrough(2.5, nets.tanh).forward.slice(1))).toBeLessThanOrEqual(1);
  });

  test('residual sums keep a gradient where the plain net has none, and explode with branches that are not small', () => {
    expect(relu(0.7).back[0]).toBeLessThan(1e-5);
    expect(sizesThrough(0.7, residualBlock(0.2)).back[0]).toBeGreaterThan(0.5);
    expect(sizesThrough(0.7, residualBlock(1)).back[0]).toBeGreaterThan(20);
  });

  test('one layer multiplies the mean square by n·σ², and ReLU halves it', () => {
    const { input, z, relu } = throughOne(256, 0.1);
    expect(z / (256 * 0.01 * input)).toBeCloseTo(1, 1);
    expect(relu / z).toBeCloseTo(0.5, 1);
  });
});
