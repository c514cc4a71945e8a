/*
 * The numbers that the experiments begin with. They are here, apart from what computes with them, so that the page can show
 * them without loading the library.
 */

/** Three rows of three classes. */
export const labelLogits = [
  [2, 1, 0],
  [0, 2, 1],
  [1, 0, 2],
];

/** How a label is mended: by what it was meant to be. */
export function mendOf(label: number): 'subtract' | 'ignore' | 'spread' | 'nothing' {
  if (!Number.isInteger(label)) return 'spread';
  if (label === 3) return 'subtract';
  return label === -100 || (label >= 0 && label < 3) ? 'nothing' : 'ignore';
}

/** Four rows of two classes, each a little harder for class 1 than the one before. */
export const weightLogits = [
  [-1, 0],
  [0, 0],
  [1, 0],
  [2, 0],
];

/** The labels: the last `rare` rows are of class 1. */
export const weightLabels = (rare: number): number[] => weightLogits.map((_, row) => (row >= 4 - rare ? 1 : 0));

/** Four rows of three classes. */
export const ignoredLogits = [
  [2, 0, 1],
  [0, 1, 0],
  [1, 1, 0],
  [0, 2, 1],
];

/** The labels: the first `ignored` rows are left out. */
export const ignoredLabels = (ignored: number): number[] => [0, 1, 0, 2].map((y, row) => (row < ignored ? -100 : y));

export const descentSteps = 100;
export const descentStart = [9, 1.5];
