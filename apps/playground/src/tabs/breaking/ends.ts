/**
 * The experiments, in their order, and the ways in which each can end. Which way it goes is worked out from what was
 * computed; the reader predicts one of them beforehand.
 */
export const ends = {
  overflow: ['right', 'infinite', 'nan'],
  twice: ['same', 'higher', 'error'],
  label: ['computes', 'ignored', 'error'],
  column: ['zero', 'positive', 'error'],
  weights: ['same', 'larger', 'smaller', 'nan', 'error'],
  ignored: ['zero', 'finite', 'nan'],
  rate: ['smooth', 'swings', 'forever', 'diverges'],
  dead: ['learns', 'stuck', 'error'],
} as const;

export type ExperimentName = keyof typeof ends;
export type EndOf<Name extends ExperimentName> = (typeof ends)[Name][number];

export const experimentNames = Object.keys(ends) as ExperimentName[];
