import type { Working } from '../working.ts';
import type { AxisMove, LayerWindow } from './axisMove.ts';

/** A part of a row of layers: its name, and its window where it is known. */
export interface RowPart {
  readonly name: string;
  readonly window?: LayerWindow | undefined;
}

/**
 * What one output of a row of layers sees: the four calculations of its parts one behind the other, backwards for the
 * field. A row of none sees its own position; what one with an unknown part sees is unknown.
 */
export function rowWindow(parts: readonly RowPart[]): LayerWindow | undefined {
  const moving: { readonly name: string; readonly moves: readonly AxisMove[] }[] = [];
  for (const { name, window } of parts) {
    if (window === undefined) return undefined;
    if (window === 'whole') return 'whole';
    if (window === 'position') continue;
    if (moving[0] && moving[0].moves.length !== window.length) return 'whole';
    moving.push({ name, moves: window });
  }
  if (moving.length === 0) return 'position';
  return moving[0].moves.map(({ axis }, at) =>
    rowMove(
      axis,
      moving.map(({ name, moves }) => ({ name, move: moves[at] })),
    ),
  );
}

/** Of two windows on the same input, whose outputs are added, the one that sees more, along each axis. */
export function widerWindow(one: LayerWindow, other: LayerWindow): LayerWindow {
  if (one === 'whole' || other === 'position') return one;
  if (other === 'whole' || one === 'position') return other;
  return one.map((move, at) => (other[at].fieldBefore(1).value > move.fieldBefore(1).value ? other[at] : move));
}

interface NamedMove {
  readonly name: string;
  readonly move: AxisMove;
}

/** The moves of several layers along one axis, first layer first, as one. */
function rowMove(axis: string, row: readonly NamedMove[]): AxisMove {
  return {
    axis,
    outLength: (length) => inTurn(row, length, (move, before) => move.outLength(before)),
    fieldBefore: (field) => inTurn(row.toReversed(), field, (move, behind) => move.fieldBefore(behind)),
    jump: (jump) => inTurn(row, jump, (move, before) => move.jump(before)),
    start: (start, jump) => {
      let jumpBefore = jump;
      return inTurn(row, start, (move, before) => {
        const working = move.start(before, jumpBefore);
        jumpBefore = move.jump(jumpBefore).value;
        return working;
      });
    },
  };
}

/** Each layer's own formula, with what the one before gave put in. */
function inTurn(row: readonly NamedMove[], first: number, step: (move: AxisMove, before: number) => Working): Working {
  let value = first;
  const steps = row.map(({ name, move }) => {
    const working = step(move, value);
    value = working.value;
    return { name, ...working };
  });
  return {
    formula: steps.map(({ name, formula }) => `${name}: ${formula}`).join('; '),
    numbers: steps
      .map(({ numbers, value }, at) => (at < steps.length - 1 ? `${numbers} = ${value}` : numbers))
      .join('; '),
    value,
  };
}
