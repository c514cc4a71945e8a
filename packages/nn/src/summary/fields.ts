import type { Shape } from '@tapegrad/core';
import type { AxisMove, LayerWindow } from './windows/axisMove.ts';
import { fieldOf, type ReceptiveField } from './windows/receptiveField.ts';
import { wholeMove } from './windows/slidingMove.ts';

/** The move of one layer along one axis. */
export interface NamedMove {
  readonly layer: string;
  readonly move: AxisMove;
}

/** What the outputs of a layer see of the model's input. */
export interface Fields {
  /** For each spatial axis of the input, the moves of all layers up to this one that have a window, first layer first. */
  readonly paths: readonly (readonly NamedMove[])[];
  /** How long the outputs are along each of these axes. */
  readonly lengths: readonly number[];
  /** Whether the outputs still have these axes: not behind Flatten. */
  readonly hasAxes: boolean;
}

/** What the input sees of itself: each pixel itself. */
export function inputFields([, ...lengths]: readonly number[]): Fields {
  return { paths: lengths.map(() => []), lengths, hasAxes: true };
}

/** What the outputs of a layer with this window see, from what its inputs see; `undefined` where it is unknown. */
export function fieldsBehind(
  before: Fields | undefined,
  { name, outputShape }: { readonly name: string; readonly outputShape: Shape },
  window: LayerWindow | undefined,
): Fields | undefined {
  if (!before || window === undefined) return undefined;
  const lengths = outputShape.slice(1);
  if (window === 'position') return { ...before, hasAxes: before.hasAxes && lengths.length === before.lengths.length };
  if (window === 'whole') {
    const moves = before.lengths.map((length, axis) => wholeMove(`axis ${axis + 1}`, length));
    return { paths: joined(before, name, moves), lengths: moves.map(() => 1), hasAxes: false };
  }
  if (!before.hasAxes || window.length !== before.lengths.length) return undefined;
  return { paths: joined(before, name, window), lengths, hasAxes: true };
}

/** The numbers for each axis. */
export function receptiveFields({ paths }: Fields): ReceptiveField[] {
  return paths.map((path) => fieldOf(path.map(({ move }) => move)));
}

function joined({ paths }: Fields, layer: string, moves: readonly AxisMove[]): NamedMove[][] {
  return paths.map((path, axis) => [...path, { layer, move: moves[axis] }]);
}

/**
 * What the outputs of a layer of several inputs see: along each axis as much as the input that sees most. It is unknown where
 * that of one of them is, or where their fields lie differently far apart.
 */
export function widestFields(inputs: readonly (Fields | undefined)[]): Fields | undefined {
  const known = inputs.filter((fields) => fields !== undefined);
  const withAxes = known.filter(({ hasAxes }) => hasAxes);
  const [first, ...others] = withAxes.length > 0 ? withAxes : known;
  if (!first || known.length < inputs.length) return undefined;
  let widest = first;
  for (const other of others) {
    const isSame = other.paths.length === widest.paths.length && jumpsOf(other) === jumpsOf(widest);
    if (!isSame) return undefined;
    const sizes = receptiveFields(other).map(({ size }, axis) => size > receptiveFields(widest)[axis].size);
    widest = { ...widest, paths: widest.paths.map((path, axis) => (sizes[axis] ? other.paths[axis] : path)) };
  }
  return widest;
}

function jumpsOf(fields: Fields): string {
  return receptiveFields(fields)
    .map(({ jump }) => jump)
    .join();
}
