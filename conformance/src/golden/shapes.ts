import { broadcastTo, concat, linear, matmul, pad, type Range, reshape, slice, stack, transpose } from '@tapegrad/core';
import { resolveAxis, sizeOf } from '@tapegrad/core/authors';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';
import { isWholeList } from '../unknown.ts';

/** Matrix products, and ops that only move numbers. */
export const shapes: Readonly<Record<string, NumericOp>> = {
  matmul: (inputs) => ({ output: matmul(inputs.tensor('x'), inputs.tensor('y')) }),
  linear: (inputs) => ({
    output: linear(inputs.tensor('input'), inputs.tensor('weight'), { bias: inputs.optional('bias') }),
  }),
  reshape: (inputs) => ({ output: reshape(inputs.tensor('x'), inputs.attributes.wholes('shape') ?? [-1]) }),
  permute: (inputs) => ({ output: transpose(inputs.tensor('x'), inputs.attributes.wholes('dims')) }),
  transpose: (inputs) => {
    const x = inputs.tensor('x');
    const first = resolveAxis('transpose', inputs.attributes.number('dim0') ?? 0, x.rank);
    const second = resolveAxis('transpose', inputs.attributes.number('dim1') ?? 1, x.rank);
    const order = x.shape.map((_, axis) => (axis === first ? second : axis === second ? first : axis));
    return { output: transpose(x, order) };
  },
  flatten: (inputs) => {
    const x = inputs.tensor('input');
    const rank = Math.max(1, x.rank);
    const start = resolveAxis('flatten', inputs.attributes.number('start_dim') ?? 1, rank);
    const end = resolveAxis('flatten', inputs.attributes.number('end_dim') ?? -1, rank);
    const joined = sizeOf(x.shape.slice(start, end + 1));
    return { output: reshape(x, [...x.shape.slice(0, start), joined, ...x.shape.slice(end + 1)]) };
  },
  slice: (inputs) => ({ output: slice(inputs.tensor('x'), readRanges(inputs.attributes.raw('ranges'))) }),
  concat: (inputs) => ({ output: concat(inputs.numbered('x'), { axis: inputs.attributes.number('dim') ?? 0 }) }),
  stack: (inputs) => ({ output: stack(inputs.numbered('x'), { axis: inputs.attributes.number('dim') ?? 0 }) }),
  pad: (inputs) => {
    const pads = readPairs('pads', inputs.attributes.raw('pads'));
    return { output: pad(inputs.tensor('x'), pads, { value: inputs.attributes.number('value') ?? 0 }) };
  },
  broadcast_to: (inputs) => {
    const x = inputs.tensor('x');
    const shape = inputs.attributes.wholes('shape') ?? [];
    // -1 keeps the length that an axis has.
    const added = shape.length - x.rank;
    const resolved = shape.map((length, axis) => (length === -1 ? x.shape[axis - added] : length));
    return { output: broadcastTo(x, resolved) };
  },
};

/** Reads `[[before, after], …]`. */
export function readPairs(name: string, value: unknown): (readonly [number, number])[] {
  if (!Array.isArray(value)) throw new MalformedCase(`${name} is not a list of pairs`);
  return value.map((pair: unknown) => {
    if (!isWholeList(pair) || pair.length !== 2) throw new MalformedCase(`${name} holds ${JSON.stringify(pair)}`);
    return [pair[0], pair[1]];
  });
}

function readRanges(value: unknown): Range[] {
  if (!Array.isArray(value)) throw new MalformedCase('ranges is not a list');
  return value.map((range: unknown) => {
    if (range === null) return null;
    if (!Array.isArray(range)) throw new MalformedCase(`ranges holds ${JSON.stringify(range)}`);
    const [start, stop, step] = range as readonly unknown[];
    return [whole(start, 0), stop === null || stop === undefined ? null : whole(stop, 0), whole(step, 1)];
  });
}

function whole(value: unknown, fallback: number): number {
  const number = value ?? fallback;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  throw new MalformedCase(`ranges holds ${JSON.stringify(value)}`);
}
