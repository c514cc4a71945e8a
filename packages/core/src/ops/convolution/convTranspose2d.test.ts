import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convolutions, naiveTransposed, outputLengths, type RandomConvolution } from '../../../test/convolutions.ts';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, scattered, uniform } from '../../../test/numbers.ts';
import {
  conv2d,
  convTranspose2d,
  multiply,
  slice,
  sum,
  type Tensor,
  type TransposedConvolutionOptions,
  tensor,
  transpose,
  zeros,
} from '../../index.ts';

interface Transposed extends RandomConvolution {
  readonly outputPadding: readonly number[];
  readonly outLengths: readonly number[];
}

/** Transposed convolutions with every output padding that is allowed, and an output of at least one number. */
const transposed: fc.Arbitrary<Transposed> = convolutions(2, 5)
  .chain((one) =>
    fc.tuple(...one.stride.map((stride, axis) => fc.nat(Math.max(stride, one.dilation[axis]) - 1))).map((added) => ({
      ...one,
      outputPadding: added,
      outLengths: one.lengths.map((length, axis) => {
        const [before, after] = one.padding[axis];
        const reach = one.dilation[axis] * (one.kernel[axis] - 1);
        return (length - 1) * one.stride[axis] - before - after + reach + 1 + added[axis];
      }),
    })),
  )
  .filter(({ outLengths }) => outLengths.every((length) => length >= 1));

const two = ([first, second]: readonly number[]) => [first, second] as const;
const optionsOf = ({ stride, dilation, padding, groups }: RandomConvolution) => ({
  stride: two(stride),
  dilation: two(dilation),
  padding: [padding[0], padding[1]] as const,
  groups,
});

function numbersFor({ batch, perGroup, outPerGroup, groups, lengths, kernel }: RandomConvolution) {
  return {
    x: uniform([batch, perGroup * groups, ...lengths], { seed: 1 }),
    weight: uniform([perGroup * groups, outPerGroup, ...kernel], { seed: 2 }),
    bias: uniform([outPerGroup * groups], { seed: 3 }),
  };
}

describe('values', () => {
  const weight = [
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ];

  test('by hand: every number stamps the filter, and what overlaps is added', () => {
    expect(convTranspose2d([[[[10]]]], weight).toList()).toEqual([
      [
        [
          [10, 20],
          [30, 40],
        ],
      ],
    ]);
    expect(convTranspose2d([[[[1, 10]]]], weight, { bias: [100] }).toList()).toEqual([
      [
        [
          [101, 112, 120],
          [103, 134, 140],
        ],
      ],
    ]);
    expect(
      convTranspose2d([[[[1, 10]]]], weight, {
        stride: 2,
        padding: [
          [1, 0],
          [0, 1],
        ],
      }).toList(),
    ).toEqual([[[[3, 4, 30]]]]);
  });

  test.each(dataTypes)('agree with loops, in %s', (dtype) => {
    const tolerance = dtype === 'float64' ? 1e-14 : 1e-6;
    fc.assert(
      fc.property(transposed, (one) => {
        const numbers = numbersFor(one);
        const [x, weight, bias] = [numbers.x, numbers.weight, numbers.bias].map((array) => tensor(array, { dtype }));
        const options = { ...optionsOf(one), bias, outputPadding: two(one.outputPadding) };
        const y = convTranspose2d(x, weight, options);
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveTransposed(x, weight, bias, one, one.outLengths), tolerance);
      }),
    );
  });

  test('are the same wherever the inputs lie in memory', () => {
    const [x, weight] = [double(uniform([2, 4, 3, 4])), double(uniform([4, 3, 2, 3], { seed: 2 }))];
    const options = { groups: 2, stride: 2, padding: 1, bias: double(uniform([6])) };
    const wanted = convTranspose2d(x, weight, options);
    expectClose(convTranspose2d(scattered(x), scattered(weight), options), wanted, 0);
    const view = slice(transpose(double(uniform([5, 6, 4, 2]))), [null, null, [1, -1], [0, 5, 2]]);
    expectClose(convTranspose2d(view, weight, options), convTranspose2d(view.toNdarray(), weight, options), 0);
  });

  test('on an empty batch, one number, no channels', () => {
    expect(convTranspose2d(zeros([0, 1, 3, 3]), zeros([1, 2, 2, 2])).shape).toEqual([0, 2, 4, 4]);
    expect(convTranspose2d([[[[3]]]], [[[[2]]]], { bias: [1] }).toList()).toEqual([[[[7]]]]);
    expect(convTranspose2d(zeros([1, 0, 1, 1]), zeros([0, 1, 1, 2]), { bias: [3] }).toList()).toEqual([[[[3, 3]]]]);
    expect(convTranspose2d(zeros([1, 1, 2, 2]), zeros([1, 0, 1, 1])).shape).toEqual([1, 0, 2, 2]);
  });
});

describe('the size of the output', () => {
  const sizeWith = (options: TransposedConvolutionOptions): readonly number[] =>
    convTranspose2d(zeros([1, 1, 4, 4]), zeros([1, 1, 3, 3]), options).shape.slice(2);

  test('may be asked for, where a stride leaves several', () => {
    for (const height of [7, 8])
      expect(sizeWith({ stride: 2, padding: 1, outputSize: [height, 7] })).toEqual([height, 7]);
    expect(sizeWith({ stride: 3, outputSize: 14 })).toEqual([14, 14]);
    expect(sizeWith({ stride: 2, outputSize: [10, 9] })).toEqual(sizeWith({ stride: 2, outputPadding: [1, 0] }));
  });

  test("is that of x with padding 'same'", () => {
    expect(sizeWith({ padding: 'same' })).toEqual([4, 4]);
    expect(sizeWith({ padding: 'valid' })).toEqual([6, 6]);
  });

  test('gets back to where a convolution came from, whatever size that was', () => {
    fc.assert(
      fc.property(convolutions(2, 9), (one) => {
        const weight = zeros([one.outPerGroup * one.groups, one.perGroup, ...one.kernel], { dtype: 'float64' });
        const small = zeros([one.batch, one.outPerGroup * one.groups, ...outputLengths(one)], { dtype: 'float64' });
        const y = convTranspose2d(small, weight, { ...optionsOf(one), outputSize: two(one.lengths) });
        expect(y.shape).toEqual([one.batch, one.perGroup * one.groups, ...one.lengths]);
      }),
    );
  });
});

describe('derivatives', () => {
  test.each<[string, number[], number[], Omit<TransposedConvolutionOptions, 'bias'>]>([
    ['plain', [2, 2, 3, 2], [2, 3, 2, 3], {}],
    [
      'strided, padded on one side, with output padding',
      [1, 2, 3, 3],
      [2, 1, 3, 3],
      {
        stride: [2, 3],
        padding: [
          [1, 0],
          [0, 2],
        ],
        outputPadding: [1, 2],
      },
    ],
    ['dilated', [1, 1, 3, 2], [1, 2, 2, 3], { dilation: [2, 3], padding: 1, outputPadding: [1, 0] }],
    ['groups', [1, 4, 2, 3], [4, 2, 2, 2], { groups: 2, stride: 2, outputSize: [5, 6] }],
  ])('%s', (_, x, weight, options) => {
    const out = weight[1] * (options.groups ?? 1);
    const point = [uniform(x), uniform(weight, { seed: 2 }), uniform([out], { seed: 3 })];
    checkDerivatives((x, weight, bias) => convTranspose2d(x, weight, { ...options, bias }), point);
  });

  test('it is the transpose of conv2d by the same weight: <conv(x), y> = <x, convTranspose(y)>', () => {
    fc.assert(
      fc.property(convolutions(2, 7), (one) => {
        const x = double(uniform([one.batch, one.perGroup * one.groups, ...one.lengths], { seed: 1 }));
        const weight = double(uniform([one.outPerGroup * one.groups, one.perGroup, ...one.kernel], { seed: 2 }));
        const forward = conv2d(x, weight, optionsOf(one));
        const y = double(uniform(forward.shape, { seed: 4 }));
        const back = convTranspose2d(y, weight, { ...optionsOf(one), outputSize: two(one.lengths) });
        expect(sum(multiply(back, x)).item()).toBeCloseTo(sum(multiply(forward, y)).item(), 11);
        const f = (x: Tensor): Tensor => conv2d(x, weight, optionsOf(one));
        expectClose(back, gradientTensors(f, [x], [...y.toFlatArray()])[0], 1e-13);
      }),
      { numRuns: 50 },
    );
  });

  test('its own are transposes too: <convTranspose(x), y> = <x, ∂x(y)>, and likewise by the weight', () => {
    fc.assert(
      fc.property(transposed, (one) => {
        const { x, weight } = numbersFor(one);
        const options = { ...optionsOf(one), outputPadding: two(one.outputPadding) };
        const f = (x: Tensor, weight: Tensor): Tensor => convTranspose2d(x, weight, options);
        const output = f(double(x), double(weight));
        const y = uniform(output.shape, { seed: 4 });
        const wanted = sum(multiply(output, y)).item();
        const [byX, byWeight] = gradientTensors(f, [x, weight], [...y.data]);
        expect(sum(multiply(byX, x)).item()).toBeCloseTo(wanted, 11);
        expect(sum(multiply(byWeight, weight)).item()).toBeCloseTo(wanted, 11);
      }),
      { numRuns: 50 },
    );
  });

  test('without a bias there is none to differentiate by', () => {
    expect(gradientsOf((x, weight) => convTranspose2d(x, weight), [[[[[2]]]], [[[[3]]]]])).toEqual([
      [[[[3]]]],
      [[[[2]]]],
    ]);
  });
});

test('every message', () => {
  const [x, weight] = [zeros([2, 4, 5, 5]), zeros([4, 8, 3, 3])];
  expect(
    messagesOf({
      'x without batch': () => convTranspose2d(zeros([4, 5, 5]), weight),
      'weight without channels': () => convTranspose2d(x, zeros([4, 3, 3])),
      'weight of a conv2d': () => convTranspose2d(x, zeros([8, 4, 3, 3])),
      'groups that do not divide': () => convTranspose2d(x, weight, { groups: 3 }),
      'no groups': () => convTranspose2d(x, weight, { groups: 0 }),
      'bias of another length': () => convTranspose2d(x, weight, { bias: [0, 0, 0, 0], groups: 2 }),
      'an impossible size': () => convTranspose2d(x, weight, { stride: [2, 3], padding: 1, outputSize: [11, 16] }),
      'an impossible size, where only one is possible': () => convTranspose2d(x, weight, { outputSize: 8 }),
      'an impossible size, where many are possible': () => convTranspose2d(x, weight, { stride: 9, outputSize: 8 }),
      'an impossible size, where none is possible': () => convTranspose2d(x, weight, { padding: 4, outputSize: 1 }),
      'a size that is none': () => convTranspose2d(x, weight, { outputSize: [7, 7.5] }),
      'size and output padding': () => convTranspose2d(x, weight, { stride: 2, outputSize: 11, outputPadding: 0 }),
      'too much output padding': () => convTranspose2d(x, weight, { stride: [3, 2], outputPadding: [2, 2] }),
      'negative output padding': () => convTranspose2d(x, weight, { outputPadding: -1 }),
      'too much padding': () => convTranspose2d(x, weight, { padding: [0, 4] }),
      'empty images': () => convTranspose2d(zeros([2, 4, 0, 5]), weight),
      'stride of 0': () => convTranspose2d(x, weight, { stride: 0 }),
      'mixed types': () => convTranspose2d(x, zeros([4, 8, 3, 3], { dtype: 'float64' })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a size that is none": "ValueError: convTranspose2d: outputSize is [7,7.5]; wanted a whole number of at least 0, or 2 of them. Give outputSize as a number, or as [height, width].",
      "an impossible size": "ShapeError: convTranspose2d: outputSize [11, 16]; wanted height 9 or 10 and width 13, 14 or 15. Ask for one of these, or change stride, padding or kernel.",
      "an impossible size, where many are possible": "ShapeError: convTranspose2d: outputSize [8, 8]; wanted height 39 to 47 and width 39 to 47. Ask for one of these, or change stride, padding or kernel.",
      "an impossible size, where none is possible": "ShapeError: convTranspose2d: height 5, which becomes height -1; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "an impossible size, where only one is possible": "ShapeError: convTranspose2d: outputSize [8, 8]; wanted height 7 and width 7. Ask for one of these, or change stride, padding or kernel.",
      "bias of another length": "ShapeError: convTranspose2d: bias is [4], weight is [4, 8, 3, 3]; wanted a bias of shape [16], one number for each output channel. Check the order of the weight: input channels come first, then output channels / groups.",
      "empty images": "ShapeError: convTranspose2d: height 0, which becomes height 2; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "groups that do not divide": "ValueError: convTranspose2d: groups is 3, with 4 input and 24 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.",
      "mixed types": "DataTypeError: convTranspose2d: x is float32, weight is float64; wanted operands of one type. Convert one of them, for example \`cast(weight, 'float32')\`.",
      "negative output padding": "ValueError: convTranspose2d: outputPadding is -1; wanted a whole number of at least 0, or 2 of them. Give outputPadding as a number, or as [height, width].",
      "no groups": "ValueError: convTranspose2d: groups is 0, with 4 input and 0 output channels; wanted a whole number that divides both: 1. Use 1, or as many groups as input channels for a depthwise convolution.",
      "size and output padding": "ValueError: convTranspose2d: outputPadding 0 and outputSize 11; wanted one of the two. Drop the output padding: the output size says it all.",
      "stride of 0": "ValueError: convTranspose2d: stride is 0; wanted a whole number of at least 1, or 2 of them. Give stride as a number, or as [height, width].",
      "too much output padding": "ValueError: convTranspose2d: outputPadding is [2,2], with stride 2 and dilation 1 along the width; wanted less than the larger of the two. Use a larger stride, or \`pad\` the output.",
      "too much padding": "ShapeError: convTranspose2d: width 5, which becomes width -1; wanted an input and an output of at least 1. Use less padding or a larger kernel.",
      "weight of a conv2d": "ShapeError: convTranspose2d: x is [2, 4, 5, 5] with 4 channels, weight is [8, 4, 3, 3] for 8; wanted a weight for 4 channels: [in, out / groups, kernelHeight, kernelWidth]. Check that x is [batch, channels, height, width]; the input channels of a transposed weight come first.",
      "weight without channels": "ShapeError: convTranspose2d: weight is [4, 3, 3]; wanted [in, out / groups, kernelHeight, kernelWidth]. Reshape it.",
      "x without batch": "ShapeError: convTranspose2d: x is [4, 5, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
