import { Random } from '@tapegrad/core';
import { Conv2d, Sequential, summary } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import { costOf, fieldOf } from '../chapters/convolution.ts';

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
