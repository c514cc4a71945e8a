import type { SoftmaxCrossEntropyOptions } from '@tapegrad/nn';

export type Base = 'e' | '2' | '10';
export type Reduction = NonNullable<SoftmaxCrossEntropyOptions['reduction']>;

/** A loss to be taken apart, with everything that it depends on; the sizes fit together. */
export interface Question {
  /** `[rows][classes]` */
  readonly logits: readonly (readonly number[])[];
  /** A class for each row, or a distribution for each. */
  readonly target:
    | { readonly kind: 'index'; readonly labels: readonly number[] }
    | { readonly kind: 'distribution'; readonly rows: readonly (readonly number[])[] };
  /** One for each class. */
  readonly weights: readonly number[];
  readonly smoothing: number;
  readonly reduction: Reduction;
  readonly base: Base;
  readonly dtype: 'float32' | 'float64';
  /** What is added to all logits, to see that nothing comes of it. */
  readonly constant: number;
}
