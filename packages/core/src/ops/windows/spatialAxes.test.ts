import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { perAxis, type SpatialPadding, spatialAxes } from './spatialAxes.ts';
import { windowAxes } from './windows.ts';

const volume = ['depth', 'height', 'width'];

test('perAxis takes one number for all axes, or one each', () => {
  expect(perAxis('conv3d', 'stride', 2, volume, 1)).toEqual([2, 2, 2]);
  expect(perAxis('conv3d', 'stride', [1, 2, 3], volume, 1)).toEqual([1, 2, 3]);
  expect(perAxis('conv1d', 'padding', 0, ['length'], 0)).toEqual([0]);
});

describe('spatialAxes', () => {
  const sides = (padding: SpatialPadding, kernel: readonly number[], names: readonly string[]) =>
    spatialAxes('op', kernel, names, { padding }).map(({ before, after }) => [before, after]);

  test('moves one step at a time over the bare input unless told otherwise', () => {
    expect(spatialAxes('op', [4], ['length'], {})).toEqual([
      { kernel: 4, stride: 1, dilation: 1, before: 0, after: 0 },
    ]);
  });

  test('reads padding in all its forms', () => {
    expect(sides(1, [2, 2, 2], volume)).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(sides([1, 2, 3], [2, 2, 2], volume)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(sides([[1, 2], 3, [0, 4]], [2, 2, 2], volume)).toEqual([
      [1, 2],
      [3, 3],
      [0, 4],
    ]);
    expect(sides('same', [1, 2, 3], volume)).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
    expect(sides('valid', [1, 2, 3], volume)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(sides([1, 2], [2], ['length'])).toEqual([[1, 2]]);
    expect(sides([[1, 2]], [2], ['length'])).toEqual([[1, 2]]);
    expect(sides([3], [2], ['length'])).toEqual([[3, 3]]);
  });

  test('agrees with windowAxes on two axes', () => {
    const options = {
      stride: [1, 2],
      padding: [
        [1, 2],
        [0, 3],
      ],
      dilation: [2, 1],
    } as const;
    expect(spatialAxes('op', [3, 4], ['height', 'width'], options)).toEqual(windowAxes('op', [3, 4], options));
    const same = { padding: 'same', dilation: 3 } as const;
    expect(spatialAxes('op', [3, 4], ['height', 'width'], same)).toEqual(windowAxes('op', [3, 4], same));
  });
});

test('every message', () => {
  const axes = (options: object, names: readonly string[] = volume, kernel = names.map(() => 3)) =>
    spatialAxes('op', kernel, names, options);
  expect(
    messagesOf({
      'no kernel': () => axes({}, volume, [3, 0, 3]),
      'broken stride': () => axes({ stride: 1.5 }),
      'strides for two axes': () => axes({ stride: [1, 1] }),
      'no dilation': () => axes({ dilation: 0 }, ['length']),
      'a padding for four axes': () => axes({ padding: [1, 1, 1, 1] }),
      'a padding with three sides': () => axes({ padding: [[1, 1, 1], 1, 1] }),
      'negative padding': () => axes({ padding: -1 }, ['length']),
      'an unknown word': () => axes({ padding: 'full' }),
      'same with a stride': () => axes({ padding: 'same', stride: [1, 2, 1] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a padding for four axes": "ValueError: op: padding is [1,1,1,1]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, [depth, height, width] or a pair [before, after] for each of these.",
      "a padding with three sides": "ValueError: op: padding is [[1,1,1],1,1]; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, [depth, height, width] or a pair [before, after] for each of these.",
      "an unknown word": "ValueError: op: padding is "full"; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number, [depth, height, width] or a pair [before, after] for each of these.",
      "broken stride": "ValueError: op: stride is 1.5; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
      "negative padding": "ValueError: op: padding is -1; wanted whole numbers of at least 0, 'same' or 'valid'. Give a number or [before, after].",
      "no dilation": "ValueError: op: dilation is 0; wanted a whole number of at least 1. Give dilation as a number.",
      "no kernel": "ValueError: op: kernelSize is [3,0,3]; wanted a whole number of at least 1, or 3 of them. Give kernelSize as a number, or as [depth, height, width].",
      "same with a stride": "ValueError: op: padding 'same' with the stride [1,2,1]; wanted a stride of 1 with 'same'. Give the padding in numbers.",
      "strides for two axes": "ValueError: op: stride is [1,1]; wanted a whole number of at least 1, or 3 of them. Give stride as a number, or as [depth, height, width].",
    }
  `);
});
