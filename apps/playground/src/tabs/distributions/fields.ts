import { choiceField, type Field, numbersField } from '../../address/fields.ts';

export const fewest = 2;
export const most = 8;

/** Weights of outcomes, of which one at least is above 0: `p=1,1,2` is 25 %, 25 % and 50 %. */
function weightsField(initial: readonly number[]): Field<readonly number[]> {
  const field = numbersField(initial, { from: 0, to: 1e6, atLeast: fewest, atMost: most });
  return {
    ...field,
    read: (text) => {
      const weights = field.read(text);
      return weights?.some((weight) => weight > 0) ? weights : undefined;
    },
  };
}

/** The state of the tab in the address. */
export const distributionFields = {
  p: weightsField([0.5, 0.25, 0.15, 0.1]),
  q: weightsField([0.1, 0.2, 0.3, 0.4]),
  base: choiceField('e', ['e', '2', '10']),
};

/** Pairs of distributions worth a look. */
export const presets = {
  uniform: { p: [0.25, 0.25, 0.25, 0.25], q: [0.25, 0.25, 0.25, 0.25] },
  same: { p: [0.5, 0.3, 0.2], q: [0.5, 0.3, 0.2] },
  mirrored: { p: [0.7, 0.2, 0.1], q: [0.1, 0.2, 0.7] },
  peaked: { p: [0.25, 0.25, 0.25, 0.25], q: [0.91, 0.03, 0.03, 0.03] },
  impossible: { p: [0.6, 0.4, 0], q: [0.4, 0.3, 0.3] },
  disjoint: { p: [0.6, 0.4, 0, 0], q: [0, 0, 0.7, 0.3] },
} as const;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as PresetName[];
