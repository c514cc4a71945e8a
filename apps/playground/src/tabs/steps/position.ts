import type { ChainName } from './chainNames.ts';

/** A position on the walk: first all steps forwards, then all of them backwards. */
export interface Position {
  /** From 0. */
  readonly index: number;
  readonly direction: 'forward' | 'backward';
  readonly name: ChainName;
}

/** All positions of the walk along a chain. */
export function positionsOf(names: readonly ChainName[]): readonly Position[] {
  const forward = names.map((name) => ({ name, direction: 'forward' }) as const);
  const backward = names.toReversed().map((name) => ({ name, direction: 'backward' }) as const);
  return [...forward, ...backward].map((position, index) => ({ ...position, index }));
}

/** The position that an address names; where the walk turns, if the chain has no such step. */
export function positionAt(positions: readonly Position[], at: string): Position {
  return positions.find((position) => writePosition(positions, position) === at) ?? positions[positions.length / 2];
}

/** How an address names a position. */
export function writePosition(positions: readonly Position[], { index, direction, name }: Position): string {
  return index === positions.length / 2 ? 'loss' : `${direction}-${name}`;
}

/** Whether a step's value is there yet. */
export function hasValue(names: readonly ChainName[], { direction, index }: Position, name: ChainName): boolean {
  return direction === 'backward' || names.indexOf(name) <= index;
}
