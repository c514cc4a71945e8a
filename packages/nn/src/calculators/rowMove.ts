import type { Shape } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import type { AxisMove, LayerWindow } from './axisMove.ts';
import type { Working } from './working.ts';

/** A part of a row of layers: its name, its window, and the shapes before and after it, without the batch axis. */
export interface RowPart {
  readonly name: string;
  readonly window?: LayerWindow | undefined;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

/**
 * What one output of a row of layers sees: the four calculations of its parts one behind the other, backwards for the
 * field. A row of none sees its own place; one with a part that does not say what it sees counts as seeing everything.
 */
export function rowWindow(parts: readonly RowPart[]): LayerWindow {
  const moving: { readonly name: string; readonly moves: readonly AxisMove[] }[] = [];
  for (const { name, window, inputShape, outputShape } of parts) {
    const known = window ?? (sameShape(inputShape, outputShape) ? 'place' : 'whole');
    if (known === 'whole') return 'whole';
    if (known === 'place') continue;
    if (moving[0] && moving[0].moves.length !== known.length) return 'whole';
    moving.push({ name, moves: known });
  }
  if (moving.length === 0) return 'place';
  return moving[0].moves.map(({ axis }, at) =>
    rowMove(
      axis,
      moving.map(({ name, moves }) => ({ name, move: moves[at] })),
    ),
  );
}

/** Of two windows on the same input, whose outputs are added, the one that sees more, along each axis. */
export function widerWindow(one: LayerWindow, other: LayerWindow): LayerWindow {
  if (one === 'whole' || other === 'place') return one;
  if (other === 'whole' || one === 'place') return other;
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
