import { choiceField, numberField, numbersField, type ValuesOf } from '../../address/fields.ts';

const count = (initial: number, from: number, to: number) => numberField(initial, { from, to, isWhole: true });

/** The most offsets that can be moved by hand, as many as an address holds with ease. */
export const mostMoves = 12;

/** All that the picture depends on, and what is looked at. */
export const convolutionFields = {
  operation: choiceField('convolution', ['convolution', 'transposed', 'deformable']),
  size: count(6, 1, 9),
  in: count(1, 1, 4),
  out: count(1, 1, 4),
  kernel: count(3, 1, 5),
  stride: count(1, 1, 3),
  padding: count(0, 0, 3),
  dilation: count(1, 1, 3),
  groups: count(1, 1, 4),
  /** Of the transposed convolution alone. */
  outputPadding: count(0, 0, 2),
  seed: count(1, 1, 999),
  /** Of the deformable convolution: how far the offsets reach. */
  strength: numberField(0.7, { from: 0, to: 2 }),
  /** Offsets that were moved by hand, in fours: tap of the kernel, output, Δy, Δx. */
  moved: numbersField([], { from: -99, to: 999, atLeast: 0, atMost: 4 * mostMoves }),
  /** Which side is looked at: an output and what it reads, or an input and which gradients arrive at it. */
  look: choiceField('output', ['output', 'input']),
  /** Channel, row and column of what is looked at. */
  at: numbersField([0, 1, 1], { from: 0, to: 99, isWhole: true, atLeast: 3, atMost: 3 }),
  /** How many such layers stand one behind the other, for the receptive field. */
  layers: count(2, 1, 4),
};

export type Form = ValuesOf<typeof convolutionFields>;

export const presetNames = ['plain', 'grouped', 'depthwise', 'dilated', 'transposed', 'deformable'] as const;
export type PresetName = (typeof presetNames)[number];

/** What each kind of convolution is made of; what is left out stays as it is. */
export const presets: Readonly<Record<PresetName, Partial<Form>>> = {
  plain: { operation: 'convolution', in: 1, out: 1, groups: 1, dilation: 1 },
  grouped: { operation: 'convolution', in: 4, out: 4, groups: 2, dilation: 1 },
  depthwise: { operation: 'convolution', in: 3, out: 3, groups: 3, dilation: 1 },
  dilated: { operation: 'convolution', in: 1, out: 1, groups: 1, dilation: 2 },
  transposed: { operation: 'transposed', in: 1, out: 1, groups: 1, dilation: 1, stride: 2, size: 4, padding: 0 },
  deformable: { operation: 'deformable', in: 1, out: 1, groups: 1, dilation: 1 },
};

/** The kind that a form is of, by its numbers. */
export function presetOf(form: Pick<Form, 'operation' | 'in' | 'out' | 'groups' | 'dilation'>): PresetName {
  if (form.operation !== 'convolution') return form.operation;
  if (form.groups > 1) return form.groups === form.in ? 'depthwise' : 'grouped';
  return form.dilation > 1 ? 'dilated' : 'plain';
}
