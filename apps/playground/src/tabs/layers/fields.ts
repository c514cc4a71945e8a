import { choiceField, type Field, numberField, numbersField, type ValuesOf } from '../../address/fields.ts';

/** The layers that can be stepped through. */
export const layerNames = ['dense', 'convolution', 'pooling', 'activation', 'batchNorm', 'dropout'] as const;
export type LayerName = (typeof layerNames)[number];

/** What goes into a layer and has a gradient. */
export const operandNames = ['x', 'weight', 'bias'] as const;
export type OperandName = (typeof operandNames)[number];

/** What the reader can set: the operands, and what arrives at the output on the way back. */
export type SetName = OperandName | 'cotangent';

/** relu and its kin. */
export const activationNames = ['relu', 'leakyRelu', 'relu6', 'elu', 'softplus', 'silu', 'gelu', 'hardSwish'] as const;
export type ActivationName = (typeof activationNames)[number];

/** How far numbers reach. */
export const reach = { from: -10, to: 10 };

/** Numbers that were set by hand, row by row; none where nothing was set. */
type Lists = Readonly<Record<`${LayerName}-${SetName}`, Field<readonly number[]>>>;
const list = numbersField([], { ...reach, atLeast: 0, atMost: 36 });
const lists = Object.fromEntries(
  layerNames.flatMap((layer) => [...operandNames, 'cotangent'].map((name) => [`${layer}-${name}`, list])),
) as Lists;

/** The state of the tab in the address. What is set in one layer stays while another is looked at. */
export const layerFields = {
  layer: choiceField('convolution', layerNames),
  /** The number looked at: an output, or an element of an operand, counted row by row. */
  look: choiceField('x', ['output', ...operandNames]),
  at: numberField(5, { from: 0, to: 99, isWhole: true }),
  /** Of the convolution. */
  kernel: choiceField('2', ['2', '3']),
  padding: choiceField('0', ['0', '1']),
  stride: choiceField('1', ['1', '2']),
  /** Of the pooling. */
  pool: choiceField('max', ['max', 'average']),
  /** How far the windows of a pooling of 2 × 2 lie apart: side by side, or overlapping. */
  poolStride: choiceField('2', ['2', '1']),
  activation: choiceField('relu', activationNames),
  /** Of dropout: the probability that a number is dropped, and what decides which. */
  rate: numberField(0.5, { from: 0, to: 0.9 }),
  seed: numberField(1, { from: 1, to: 999, isWhole: true }),
  ...lists,
};

export type Form = ValuesOf<typeof layerFields>;
