import { expect, test } from 'vitest';
import { messagesOf } from '../../../test/messages.ts';
import { outputLengths } from '../windows/outputLengths.ts';
import type { AxisWindow } from '../windows/window.ts';
import { checkTransposedWeight, shortestLength, transposedLengths } from './transposedSizes.ts';

const axis = (options: Partial<AxisWindow> = {}): AxisWindow => {
  return { axis: 'length', kernel: 3, stride: 1, dilation: 1, before: 0, after: 0, ...options };
};

test('a transposed convolution leads back to the lengths that a convolution brings to the same one', () => {
  for (const stride of [1, 2, 3]) {
    for (const dilation of [1, 2]) {
      const along = axis({ stride, dilation, before: 1 });
      const shortest = shortestLength(5, along);
      for (let more = -1; more <= stride; more++) {
        const isSame = outputLengths('conv1d', [1, 1, shortest + more], [along])[0] === 5;
        expect(isSame).toBe(more >= 0 && more < stride);
      }
    }
  }
});

test('output padding and output size say which of them is meant, axis by axis', () => {
  const axes = [axis({ stride: 2 }), axis({ stride: 3, before: 1, after: 1 })];
  const lengths = (options = {}): number[] => transposedLengths('op', [1, 1, 4, 5], axes, options);
  expect(lengths()).toEqual([9, 13]);
  expect(lengths({ outputPadding: [1, 2] })).toEqual([10, 15]);
  expect(lengths({ outputPadding: 1 })).toEqual([10, 14]);
  expect(lengths({ outputSize: [9, 15] })).toEqual([9, 15]);
});

test('a dilation leaves room for output padding too, as in PyTorch', () => {
  const lengths = transposedLengths('op', [1, 1, 4], [axis({ dilation: 3 })], { outputPadding: 2 });
  expect(lengths).toEqual([12]);
});

test('counts output channels over all groups', () => {
  expect(checkTransposedWeight('op', [1, 4, 5], [4, 3, 2], 2, ['length'])).toBe(6);
});

test('every message', () => {
  const lengths = (length: number, along: AxisWindow, options = {}) =>
    transposedLengths('op', [1, 1, length], [along], options);
  expect(
    messagesOf({
      'one possible length': () => lengths(4, axis(), { outputSize: 5 }),
      'two possible lengths': () => lengths(4, axis({ stride: 2 }), { outputSize: 8 }),
      'some possible lengths': () => lengths(4, axis({ stride: 4 }), { outputSize: 19 }),
      'many possible lengths': () => lengths(4, axis({ stride: 10 }), { outputSize: 20 }),
      'no possible length': () => lengths(1, axis({ before: 3 }), { outputSize: 1 }),
      'some of no length': () => lengths(1, axis({ before: 4, stride: 4 }), { outputSize: 0 }),
      'nothing left': () => lengths(1, axis({ before: 3 })),
      'nothing to start from': () => lengths(0, axis()),
      'too much output padding': () => lengths(4, axis({ dilation: 2 }), { outputPadding: 2 }),
      'both of them': () => lengths(4, axis(), { outputPadding: 0, outputSize: 6 }),
      'a weight without kernel': () => checkTransposedWeight('op', [1, 4, 5], [4, 4], 1, ['length']),
      'a weight for other channels': () => checkTransposedWeight('op', [1, 4, 5], [2, 4, 3], 1, ['length']),
      'fractional groups': () => checkTransposedWeight('op', [1, 4, 5], [4, 4, 3], 0.5, ['length']),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a weight for other channels": "ShapeError: op: x is [1, 4, 5] with 4 channels, weight is [2, 4, 3] for 2; wanted a weight for 4 channels: [in, out / groups, kernelLength]. Check that x is [batch, channels, length]; the input channels of a transposed weight come first.",
      "a weight without kernel": "ShapeError: op: weight is [4, 4]; wanted [in, out / groups, kernelLength]. Reshape it.",
      "both of them": "ValueError: op: outputPadding 0 and outputSize 6; wanted one of the two. Drop the output padding: the output size says it all.",
      "fractional groups": "ValueError: op: groups is 0.5, with 4 input and 2 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "many possible lengths": "ShapeError: op: outputSize [20]; wanted length 33 to 42. Ask for one of these, or change stride, padding or kernel.",
      "no possible length": "ShapeError: op: length 1, which becomes length 0; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "nothing left": "ShapeError: op: length 1, which becomes length 0; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "nothing to start from": "ShapeError: op: length 0, which becomes length 2; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "one possible length": "ShapeError: op: outputSize [5]; wanted length 6. Ask for one of these, or change stride, padding or kernel.",
      "some of no length": "ShapeError: op: outputSize [0]; wanted length 1 or 2. Ask for one of these, or change stride, padding or kernel.",
      "some possible lengths": "ShapeError: op: outputSize [19]; wanted length 15, 16, 17 or 18. Ask for one of these, or change stride, padding or kernel.",
      "too much output padding": "ValueError: op: outputPadding is 2, with stride 1 and dilation 2 along the length; wanted less than the larger of the two. Use a larger stride, or \`pad\` the output.",
      "two possible lengths": "ShapeError: op: outputSize [8]; wanted length 9 or 10. Ask for one of these, or change stride, padding or kernel.",
    }
  `);
});
