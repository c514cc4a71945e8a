import type { OptionNames } from '@tapegrad/core/authors';
import { outOfRange } from './ranges.ts';

/** What stands beyond the edge of a picture: the nearest pixel of it, or a number. */
export type Beyond = 'edge' | number;

/** What comes in from beyond the edge, for transforms that move pictures. */
export interface EdgeOptions {
  /** What comes in: the pixels of the edge, or a number. */
  readonly beyond?: Beyond;
  /** What comes into masks where `beyond` is a number. Default: 0. */
  readonly maskBeyond?: number;
}

/** The same as it is kept. */
export interface Edge {
  readonly beyond: Beyond;
  readonly maskBeyond?: number;
}

export const edgeOptions: OptionNames<EdgeOptions> = { beyond: 'optional', maskBeyond: 'optional' };

/** @throws ValueError when one is no finite number */
export function edgeOf(operation: string, options: EdgeOptions, usual: Beyond): Edge {
  const { beyond = usual, maskBeyond } = options;
  if (beyond !== 'edge' && !Number.isFinite(beyond))
    throw outOfRange(operation, 'beyond', beyond, "'edge' or a finite number");
  if (maskBeyond !== undefined && !Number.isFinite(maskBeyond)) {
    throw outOfRange(operation, 'maskBeyond', maskBeyond, 'a finite number');
  }
  return { beyond, ...(maskBeyond !== undefined && { maskBeyond }) };
}

/** What stands beyond the edge of a layer: a mask has classes, and not shades. */
export function beyondOf({ beyond, maskBeyond = 0 }: Edge, isMask: boolean): Beyond {
  return isMask && beyond !== 'edge' ? maskBeyond : beyond;
}
