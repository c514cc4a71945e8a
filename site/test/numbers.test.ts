import { Random } from '@tapegrad/core';
import { BatchNorm, Conv2d, Sequential, summary } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import { costOf, fieldOf } from '../chapters/convolution.ts';
import { shaped } from '../chapters/grids.ts';
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
