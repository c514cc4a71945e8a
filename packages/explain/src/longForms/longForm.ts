import type { Attributes, Tensor } from '@tapegrad/core';

/** An op written out in elementary steps, as a textbook would. */
export interface LongForm {
  /** What is particular about this way of writing it: `shifted by the largest logit`. */
  readonly title: string;
  /** The same value as the op's, from the same inputs and attributes. */
  readonly compute: (inputs: Readonly<Record<string, Tensor>>, attributes: Attributes) => Tensor;
  /** Whether this way of writing it fits the step; some are for one kind of attributes alone. Default: always. */
  readonly fits?: (inputs: Readonly<Record<string, Tensor>>, attributes: Attributes) => boolean;
}

/** The long forms of ops, by the name on the tape; the first is the one that is told in full. */
export type LongForms = Readonly<Record<string, readonly LongForm[]>>;

/** The axes that an op reduces: those of `axes`, or of `axis`, or all. */
export function axesOf({ axes, axis }: Attributes, x: Tensor): number[] {
  if (Array.isArray(axes)) return axes.map(Number);
  return typeof axis === 'number' ? [axis] : x.shape.map((_, index) => index);
}
