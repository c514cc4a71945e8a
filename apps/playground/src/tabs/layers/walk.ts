import type { View } from './compute/view.ts';
import type { OperandName } from './fields.ts';

/** The number looked at: an output, or an element of an operand, counted row by row. */
export interface Look {
  readonly grid: 'output' | OperandName;
  readonly at: number;
}

/** The way through a layer: forward each output, then back to each element of each operand. */
export function walkOf({ output, operands }: View): Look[] {
  const through = (grid: Look['grid'], count: number): Look[] =>
    Array.from({ length: count }, (_, at) => ({ grid, at }));
  return [
    ...through('output', output.numbers.length),
    ...operands.flatMap(({ name, numbers }) => through(name, numbers.length)),
  ];
}

/** What the address looks at, where this layer has it; else the last of that grid, or its first output. */
export function lookIn(view: View, { grid, at }: Look): Look {
  const looked = grid === 'output' ? view.output : view.operands.find(({ name }) => name === grid);
  return looked ? { grid, at: Math.min(at, looked.numbers.length - 1) } : { grid: 'output', at: 0 };
}

export const isSame = (one: Look, other: Look): boolean => one.grid === other.grid && one.at === other.at;
