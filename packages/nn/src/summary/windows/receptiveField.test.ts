import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../../core/test/messages.ts';
import { receptiveField } from './receptiveField.ts';

describe('by hand', () => {
  test('of no layers is the pixel itself', () => {
    expect(receptiveField([])).toEqual({ size: 1, jump: 1, start: 0 });
  });

  test('of LeNet-5', () => {
    // Backwards: 1, then 2, (2 − 1)·1 + 5 = 6, (6 − 1)·2 + 2 = 12 and (12 − 1)·1 + 5 = 16.
    const lenet = [{ kernel: 5 }, { kernel: 2, stride: 2 }, { kernel: 5 }, { kernel: 2, stride: 2 }];
    expect(receptiveField(lenet)).toEqual({ size: 16, jump: 4, start: 7.5 });
  });

  test('of three kernels of 3 is that of one of 7', () => {
    const padded = { kernel: 3, padding: 1 };
    expect(receptiveField([padded, padded, padded])).toEqual({ size: 7, jump: 1, start: 0 });
    expect(receptiveField([{ kernel: 7, padding: 3 }])).toEqual({ size: 7, jump: 1, start: 0 });
  });

  test('of dilations that double, doubles', () => {
    const sizes = [1, 2, 3, 4, 5].map((depth) => {
      const layers = Array.from({ length: depth }, (_, layer) => ({ kernel: 2, dilation: 2 ** layer }));
      return receptiveField(layers).size;
    });
    expect(sizes).toEqual([2, 4, 8, 16, 32]);
  });

  test('of ResNet-50 is 483, with a jump of 32 (Araujo, Norris and Sim, 2019)', () => {
    const block = (stride: number) => [{ kernel: 1 }, { kernel: 3, stride, padding: 1 }, { kernel: 1 }];
    // The strides stand at the end of a stage here, as in the model that they measured.
    const stage = (blocks: number, last: number) => [
      ...Array.from({ length: blocks - 1 }, () => block(1)).flat(),
      ...block(last),
    ];
    const stem = [
      { kernel: 7, stride: 2, padding: 3 },
      { kernel: 3, stride: 2, padding: 1 },
    ];
    const layers = [...stem, ...stage(3, 2), ...stage(4, 2), ...stage(6, 2), ...stage(3, 1)];
    expect(receptiveField(layers)).toMatchObject({ size: 483, jump: 32 });
  });

  test('starts further left by more padding in front', () => {
    expect(receptiveField([{ kernel: 3, padding: [2, 0] }])).toEqual({ size: 3, jump: 1, start: -1 });
  });
});

test('refuses windows that are none', () => {
  expect(
    messagesOf({
      kernel: () => receptiveField([{ kernel: 0 }]),
      stride: () => receptiveField([{ kernel: 2, stride: 0.5 }]),
      dilation: () => receptiveField([{ kernel: 2, dilation: 0 }]),
      padding: () => receptiveField([{ kernel: 2, padding: -1 }]),
    }),
  ).toMatchInlineSnapshot(`
    {
      "dilation": "ValueError: receptiveField: dilation is 0; wanted a whole number of at least 1. Give dilation as a number.",
      "kernel": "ValueError: receptiveField: kernelSize is 0; wanted a whole number of at least 1. Give kernelSize as a number.",
      "padding": "ValueError: receptiveField: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number or [before, after].",
      "stride": "ValueError: receptiveField: stride is 0.5; wanted a whole number of at least 1. Give stride as a number.",
    }
  `);
});
