import type { Planes } from './compute/picture.ts';
import type { View } from './compute/view.ts';

const ops = { convolution: 'conv2d', transposed: 'convTranspose2d', deformable: 'deformConv2d' } as const;

/** A program that computes the layer on these numbers, and the gradient that arrives at its input, and prints both. */
export function codeOf({ picture }: View): string {
  const { form, input, output, cotangent, weight, bias, samples } = picture;
  const op = ops[form.operation];
  const options = [
    ...(['stride', 'padding', 'dilation', 'groups', 'outputPadding'] as const).flatMap((name) =>
      form[name] === (name === 'padding' || name === 'outputPadding' ? 0 : 1) ? [] : [`${name}: ${form[name]}`],
    ),
    `bias: ${numbers(bias, [bias.length])}`,
  ];
  const offset = samples.length > 0 ? [`const offset = ${numbers(offsetsOf(samples), offsetShape(picture))};`] : [];
  return [
    `import { ${[op, 'Tape', 'tensor'].join(', ')} } from '@tapegrad/core';`,
    '',
    'const tape = new Tape();',
    `const x = tape.watch(${numbers(input.numbers, shapeOf(input))});`,
    `const weight = ${numbers(weight.numbers, weight.shape)};`,
    ...offset,
    `const y = ${op}(x, ${offset.length > 0 ? 'offset, ' : ''}weight, { ${options.join(', ')} });`,
    `const cotangent = ${numbers(cotangent.numbers, shapeOf(output))};`,
    'const gradient = tape.gradients(y, { cotangent }).get(x);',
    'console.log(y.toList(), gradient.toList());',
    '',
  ].join('\n');
}

const shapeOf = ({ channels, height, width }: Planes): number[] => [1, channels, height, width];

const offsetShape = ({ form, output }: View['picture']): number[] => [
  1,
  2 * form.kernel ** 2,
  output.height,
  output.width,
];

/** Δy and Δx of each tap in turn, each for every output. */
function offsetsOf(samples: View['picture']['samples']): number[] {
  return samples[0].flatMap((_, tap) => [0, 1].flatMap((axis) => samples.map((taps) => taps[tap].offset[axis])));
}

const numbers = (list: readonly number[], shape: readonly number[]): string =>
  `tensor(new Float64Array([${list.map((number) => number + 0).join(', ')}]), { shape: [${shape.join(', ')}] })`;
