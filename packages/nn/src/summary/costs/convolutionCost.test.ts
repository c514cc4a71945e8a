import { sizeOf } from '@tapegrad/core/authors';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../../core/test/messages.ts';
import { positions } from '../../../../core/test/numbers.ts';
import { type ConvolutionForm, convolutionCost, convolutionParameters, transposedCost } from './convolutionCost.ts';

const forms: readonly (ConvolutionForm & { lengths: readonly number[]; outLengths: readonly number[] })[] = [
  { inChannels: 1, outChannels: 2, kernel: [3], lengths: [7], outLengths: [5] },
  { inChannels: 2, outChannels: 3, kernel: [3, 2], bias: false, lengths: [5, 4], outLengths: [3, 3] },
  { inChannels: 4, outChannels: 6, kernel: [2, 3], groups: 2, lengths: [4, 5], outLengths: [3, 3] },
  { inChannels: 4, outChannels: 4, kernel: [3, 3], groups: 4, lengths: [4, 4], outLengths: [2, 2] },
  { inChannels: 2, outChannels: 2, kernel: [2, 1, 3], lengths: [3, 2, 4], outLengths: [2, 2, 2] },
];

/** A convolution as seven loops, which only counts: from each position of `lengths` to each of the kernel. */
function count({ inChannels, outChannels, kernel, groups = 1 }: ConvolutionForm, lengths: readonly number[]): number {
  let products = 0;
  for (let group = 0; group < groups; group++)
    for (let out = 0; out < outChannels / groups; out++)
      for (let into = 0; into < inChannels / groups; into++)
        for (const _ of positions(lengths)) for (const _ of positions(kernel)) products++;
  return products;
}

describe.each(forms)('%j', (form) => {
  const { outChannels, bias = true, outLengths } = form;
  const biases = bias ? outChannels * sizeOf(outLengths) : 0;

  test('has as many products as loops would make', () => {
    const { multiplyAccumulates, flops } = convolutionCost(form, form.outLengths);
    const products = count(form, form.outLengths);
    expect([multiplyAccumulates?.value, flops?.value]).toEqual([products, 2 * products + biases]);
  });

  test('has as many transposed, where each input is spread', () => {
    const { multiplyAccumulates, flops } = transposedCost(form, form.lengths, form.outLengths);
    const products = count(form, form.lengths);
    expect([multiplyAccumulates?.value, flops?.value]).toEqual([products, 2 * products + biases]);
  });

  test('has as many parameters as one output, without its positions, has products', () => {
    expect(convolutionParameters(form).value).toBe(count(form, []) + (bias ? outChannels : 0));
  });
});

test('parameters are written out', () => {
  const form = { inChannels: 1, outChannels: 8, kernel: [5, 5] };
  expect(convolutionParameters(form)).toEqual({
    formula: 'out·(in/groups)·kernelHeight·kernelWidth + out',
    numbers: '8·(1/1)·5·5 + 8',
    value: 208,
  });
  expect(convolutionParameters({ ...form, kernel: [3], bias: false }).formula).toBe('out·(in/groups)·kernelLength');
});

test('refuses groups that do not divide the channels', () => {
  const form = { inChannels: 4, outChannels: 6, kernel: [3, 3] };
  expect(
    messagesOf({
      'the inputs': () => convolutionParameters({ ...form, groups: 3 }),
      'the outputs': () => convolutionParameters({ ...form, groups: 4 }),
      none: () => convolutionParameters({ ...form, groups: 0 }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "none": "ValueError: convolutionParameters: groups is 0, with 4 input and 6 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "the inputs": "ValueError: convolutionParameters: groups is 3, with 4 input and 6 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
      "the outputs": "ValueError: convolutionParameters: groups is 4, with 4 input and 6 output channels; wanted a whole number that divides both: 1, 2. Use 1, or as many groups as input channels for a depthwise convolution.",
    }
  `);
});
