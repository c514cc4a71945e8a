import { expect, test } from 'vitest';
import { testPattern } from '../../test/patterns.ts';
import { maxPool2d, maxPool2dWithIndices, multiply, relu, Tape, type Tensor, tensor } from '../index.ts';

const pattern = 'relu, maxPool2d';

testPattern('windows side by side', {
  pattern,
  shapes: [[2, 3, 6, 6]],
  compute: (x) => maxPool2d(relu(multiply(x, 2)), { kernelSize: 2 }),
});

testPattern('windows that overlap and hang over, with padding', {
  pattern,
  shapes: [[2, 2, 7, 8]],
  compute: (x) => maxPool2d(relu(x), { kernelSize: 3, stride: 2, padding: 1, ceilMode: true }),
});

test('indices are those of the numbers, also where the relu is shut and over NaN', () => {
  using tape = new Tape();
  const x = tape.constant(
    tensor([
      [
        [
          [-3, -1, 5, 2],
          [-2, -4, Number.NaN, 7],
        ],
      ],
    ]),
  );
  const ofRelu = (input: Tensor) => maxPool2dWithIndices(relu(input), { kernelSize: 2 });
  expect([...ofRelu(x).indices]).toEqual([0, 6]);
  expect(ofRelu(x).output.toList()).toEqual([[[[0, Number.NaN]]]]);
  expect([...ofRelu(tensor(x.toNdarray())).indices]).toEqual([0, 6]);
});
