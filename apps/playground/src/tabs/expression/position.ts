import type { TapeDescription } from '@tapegrad/explain';

/** A position on the walk: the steps in their order, and then back through those that a gradient reaches. */
export interface Position {
  /** From 0. */
  readonly index: number;
  readonly direction: 'forward' | 'backward';
  readonly step: number;
}

/** All positions of the walk along a tape. */
export function positionsOf({ steps }: TapeDescription): readonly Position[] {
  const forward = steps.map(({ index }) => ({ direction: 'forward' as const, step: index }));
  const reached = steps.filter(({ cotangent }) => cotangent !== null);
  const backward = reached.toReversed().map(({ index }) => ({ direction: 'backward' as const, step: index }));
  return [...forward, ...backward].map((position, index) => ({ ...position, index }));
}

/** How an address names a position: `f2`, `b0`. */
export const writePosition = ({ direction, step }: Position): string => `${direction === 'forward' ? 'f' : 'b'}${step}`;

/** The position that an address names; where the walk turns, if the tape has none of that name. */
export function positionAt(positions: readonly Position[], at: string): Position {
  const turn = positions.find(({ direction }) => direction === 'backward') ?? positions[positions.length - 1];
  return positions.find((position) => writePosition(position) === at) ?? turn;
}

/** Whether the walk has come to the value of a step. */
export const hasValue = ({ direction, step }: Position, index: number): boolean =>
  direction === 'backward' || index <= step;

/** Whether all that a step receives has arrived. */
export const hasCotangent = ({ direction, step }: Position, index: number): boolean =>
  direction === 'backward' && index >= step;

/** Whether a step has passed on what arrived. */
export const hasPassed = ({ direction, step }: Position, index: number): boolean =>
  direction === 'backward' && index >= step;
