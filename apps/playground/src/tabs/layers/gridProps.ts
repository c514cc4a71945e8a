import type { Grid } from './compute/view.ts';

/** A grid of numbers, and what can be done in it. */
export interface NumberGridProps {
  /** The sign of what it holds: x, ∂L/∂x. */
  readonly sign: string;
  readonly kind: 'value' | 'gradient' | 'factor';
  readonly grid: Grid;
  /** The factor by which each element is linked to the number looked at; none where it is not. */
  readonly factors?: readonly (number | undefined)[] | undefined;
  /** The element looked at, if it is here. */
  readonly at?: number | undefined;
  /** Elements within a frame. */
  readonly framed?: ((row: number, column: number) => boolean) | undefined;
  /** What tests find the numbers by: `name-index`. */
  readonly name: string;
  /** Looks at an element as long as the pointer is on it; `undefined` when it leaves. */
  readonly onPoint?: ((at: number | undefined) => void) | undefined;
  readonly onLook?: ((at: number) => void) | undefined;
  /** Without it the numbers cannot be changed here. */
  readonly onEdit?: ((at: number, number: number) => void) | undefined;
}
