import { choiceField, flagField, numberField } from '../../address/fields.ts';
import { digitKinds } from './digitKinds.ts';
import { netNames } from './nets.ts';
import { optimiserNames } from './optimisers.ts';

/** How many threads compute; `all` is one for each core. */
export const threadChoices = ['all', '1', '2', '4'] as const;

/** The learning rates that can be typed: also such as make the loss infinite, which is worth seeing. */
export const rates = { from: 1e-5, to: 1e30 };
/** Where the slider ends. */
export const highestOnSlider = 10;

export const fields = {
  net: choiceField('small', netNames),
  optimiser: choiceField('adam', optimiserNames),
  rate: numberField(0.002, rates),
  batch: numberField(64, { from: 1, to: 1000, isWhole: true }),
  seed: numberField(1, { from: 0, to: 1e9, isWhole: true }),
  threads: choiceField('all', threadChoices),
  /** Which digits are drawn to learn from. */
  digits: choiceField('hard', digitKinds),
  /** Which test image is looked at. */
  image: numberField(0, { from: 0, to: 9999, isWhole: true }),
  /** Which filter of the first layer is shown number by number. */
  filter: numberField(0, { from: 0, to: 15, isWhole: true }),
  /** Whether the loss has a logarithmic axis. */
  log: flagField(true),
};
