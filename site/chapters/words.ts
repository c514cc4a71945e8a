import type { Knob, Slip, Words } from './model.ts';

/** The same text in English and Chinese. */
export const both = (en: string, zh: string): Words => ({ en, zh });

/** A usual wrong answer, with what helps whoever gives it. */
export const slip = (given: () => number | readonly number[] | string, en: string, zh: string): Slip => ({
  given,
  remark: { en, zh },
});

/** A number to set, from one end to the other. */
export const knob = (label: string | Words, from: number, to: number, step: number, start: number): Knob => ({
  label,
  from,
  to,
  step,
  start,
});
