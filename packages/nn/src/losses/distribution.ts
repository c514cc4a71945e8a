import { divide, formatShape, operands, ShapeError, type Tensor, type TensorLike, ValueError } from '@tapegrad/core';
import { type OptionNames, sizeOf } from '@tapegrad/core/authors';
import { checkOneShape } from './oneShape.ts';

/** The base of the logarithm: nats for e, bits for 2, decimal digits for 10. */
export type LogarithmBase = 'e' | 2 | 10;

export interface BaseOption {
  /** 'e' (default) for nats, 2 for bits, 10 for decimal digits. */
  readonly base?: LogarithmBase;
}

export const baseOption: OptionNames<BaseOption> = { base: 'optional' };

/** How far from 1 a row may sum: numbers rounded for print pass, a forgotten softmax does not. */
const slack = 1e-3;

/**
 * Checks one or two tensors of distributions, rows along the last axis.
 *
 * @param given by the names of the loss's parameters
 * @throws ShapeError when the shapes differ, or there is no axis
 * @throws ValueError when a number is negative, or a row does not sum to 1
 */
export function readDistributions<Names extends string>(
  operation: string,
  given: Readonly<Record<Names, TensorLike>>,
): Readonly<Record<Names, Tensor>> {
  const inputs: Readonly<Record<Names, Tensor>> = operands<Record<Names, TensorLike>>(operation, given);
  if (Object.keys(inputs).length === 2) checkOneShape(operation, inputs);
  for (const name in inputs) checkRows(operation, name, inputs[name]);
  return inputs;
}

/** Nats in another unit. Throws a ValueError for a base that has none here. */
export function inBase(operation: string, nats: Tensor, base: LogarithmBase): Tensor {
  switch (base) {
    case 'e':
      return nats;
    case 2:
      return divide(nats, Math.LN2);
    case 10:
      return divide(nats, Math.LN10);
    default:
      throw new ValueError({
        operation,
        got: `base is ${JSON.stringify(base)}`,
        wanted: "'e', 2 or 10",
        remedy: "Leave it out for 'e', the natural logarithm",
      });
  }
}

function checkRows(operation: string, name: string, x: Tensor): void {
  if (x.rank === 0) {
    throw new ShapeError({
      operation,
      got: `\`${name}\` is ${formatShape(x.shape)}`,
      wanted: 'probabilities along the last axis',
      remedy: 'Give a distribution as a list: for a coin that falls on heads with p, `[p, 1 - p]`',
    });
  }
  const length = x.shape[x.rank - 1];
  const rows = sizeOf(x.shape.slice(0, -1));
  const numbers = Array.from(x.read());
  for (let row = 0; row < rows; row++) {
    const own = numbers.slice(row * length, (row + 1) * length);
    const negative = own.find((number) => number < 0);
    if (negative !== undefined) throw notProbabilities(operation, `row ${row} of \`${name}\` holds ${shown(negative)}`);
    const total = own.reduce((sofar, number) => sofar + number, 0);
    if (!(Math.abs(total - 1) <= slack)) {
      throw notProbabilities(operation, `row ${row} of \`${name}\` sums to ${shown(total)}`);
    }
  }
}

function notProbabilities(operation: string, got: string): ValueError {
  return new ValueError({
    operation,
    got,
    wanted: 'probabilities, at least 0, that sum to 1 along the last axis',
    remedy: 'Logits become probabilities by `softmax`, log-probabilities by `exp`, counts by dividing by their sum',
  });
}

function shown(number: number): string {
  return String(Number(number.toPrecision(6)));
}
