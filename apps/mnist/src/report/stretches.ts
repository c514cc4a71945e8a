import type { StepEntry } from './journal.ts';

/** Steps one behind the other, as one point of a line. */
export interface Stretch {
  /** The last of them. */
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number | undefined;
  /** How many images the accuracy was counted on. */
  readonly images: number;
}

/** The means of so many steps each; the last stretch may be shorter. */
export function stretchesOf(steps: readonly StepEntry[], length: number): Stretch[] {
  return Array.from({ length: Math.ceil(steps.length / length) }, (_, at) => {
    const part = steps.slice(at * length, (at + 1) * length);
    const [images, right] = part.reduce(
      ([images, right], { images: more = 0, accuracy = 0 }) => [images + more, right + more * accuracy],
      [0, 0],
    );
    return {
      step: part[part.length - 1].step,
      loss: part.reduce((sum, { loss }) => sum + loss, 0) / part.length,
      accuracy: images === 0 ? undefined : right / images,
      images,
    };
  });
}

/** What a line of stretches is called. */
export function meanOf(length: number): string {
  return length === 1 ? 'each step' : `mean of ${length} steps`;
}
