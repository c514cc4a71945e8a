import type { BuiltLayer } from '../layers/layer.ts';
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
  { name, outputShape }: BuiltLayer,
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
