import type { View } from './compute/view.ts';
import type { Form, LayerName } from './fields.ts';

interface Call {
  /** What is imported from core, and from nn. */
  readonly core?: readonly string[];
  readonly nn?: readonly string[];
  /** The layer, of x, weight and bias. */
  readonly text: string;
  readonly shapeOf: (name: string, count: number) => readonly number[];
}

const square = (count: number): readonly number[] => [1, 1, Math.sqrt(count), Math.sqrt(count)];
const list = (count: number): readonly number[] => [count];

/** Each layer as it is called. */
const calls: Readonly<Record<LayerName, (form: Form) => Call>> = {
  dense: () => ({
    core: ['linear'],
    text: 'linear(x, weight, { bias })',
    shapeOf: (name, count) => (name === 'bias' ? list(count) : [2, count / 2]),
  }),
  convolution: ({ stride, padding }) => ({
    core: ['conv2d'],
    text: `conv2d(x, weight, { bias, stride: ${stride}, padding: ${padding} })`,
    shapeOf: (name, count) => (name === 'bias' ? list(count) : square(count)),
  }),
  pooling: ({ pool, poolStride }) => ({
    core: [pool === 'max' ? 'maxPool2d' : 'avgPool2d'],
    text: `${pool === 'max' ? 'maxPool2d' : 'avgPool2d'}(x, { kernelSize: 2, stride: ${poolStride} })`,
    shapeOf: (_, count) => square(count),
  }),
  activation: ({ activation }) => ({
    core: [activation],
    text: `${activation}(x)`,
    shapeOf: (_, count) => [1, count],
  }),
  batchNorm: () => ({
    core: ['batchNormTraining'],
    text: 'batchNormTraining(x, { weight, bias }).output',
    shapeOf: (name, count) => (name === 'weight' || name === 'bias' ? list(count) : [count / 2, 2]),
  }),
  dropout: ({ rate, seed }) => ({
    core: ['Random'],
    nn: ['Dropout'],
    text: `new Dropout({ rate: ${rate} }).call(x, { training: true, random: new Random(${seed}) })`,
    shapeOf: (_, count) => [count / 4, 4],
  }),
};

/** A program that computes the layer on these numbers, and the gradient of each operand, and prints all of them. */
export function codeOf({ form, operands, cotangent }: View): string {
  const { core = [], nn, text, shapeOf } = calls[form.layer](form);
  const numbers = (name: string, { numbers }: { readonly numbers: readonly number[] }): string =>
    `tensor(new Float64Array([${numbers.map((number) => number + 0).join(', ')}]), { shape: [${shapeOf(name, numbers.length).join(', ')}] })`;
  return [
    `import { ${[...core, 'Tape', 'tensor'].join(', ')} } from '@tapegrad/core';`,
    ...(nn ? [`import { ${nn.join(', ')} } from '@tapegrad/nn';`] : []),
    '',
    'const tape = new Tape();',
    ...operands.map((operand) => `const ${operand.name} = tape.watch(${numbers(operand.name, operand)});`),
    `const y = ${text};`,
    `const g = ${numbers('g', cotangent)};`,
    'const gradients = tape.gradients(y, { cotangent: g });',
    `console.log(y.toList(), ${operands.map(({ name }) => `gradients.get(${name}).toList()`).join(', ')});`,
    '',
  ].join('\n');
}
