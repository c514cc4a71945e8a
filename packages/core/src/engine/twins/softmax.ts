import { launch, readable, writable } from '../launch.ts';

/** How many exponentials are one piece of work: some ten microseconds. */
const grainNumbers = 4096;
/** The columns that are one unit where rows are not in one piece: `lanes` of assembly/softmax.ts. */
const lanes = 4;

export function softmax(x: Float32Array, y: Float32Array, outer: number, classes: number, inner: number): void {
  const { units, grain } = cut(outer, classes, inner);
  launch('softmax', units, grain, readable(x), writable(y), classes, inner);
}

export function logSoftmax(x: Float32Array, y: Float32Array, outer: number, classes: number, inner: number): void {
  const { units, grain } = cut(outer, classes, inner);
  launch('logSoftmax', units, grain, readable(x), writable(y), classes, inner);
}

export function logSumExp(x: Float32Array, y: Float32Array, outer: number, length: number, inner: number): void {
  const { units, grain } = cut(outer, length, inner);
  launch('logSumExp', units, grain, readable(x), writable(y), length, inner);
}

export function softmaxCrossEntropy(
  logits: Float32Array,
  target: Float32Array,
  loss: Float32Array,
  outer: number,
  classes: number,
  inner: number,
): void {
  const { units, grain } = cut(outer, classes, inner);
  launch('softmaxCrossEntropy', units, grain, readable(logits), readable(target), writable(loss), classes, inner);
}

/** Rows, or groups of columns, and how many of them are a piece. */
function cut(outer: number, classes: number, inner: number): { units: number; grain: number } {
  const units = outer * (inner === 1 ? 1 : Math.ceil(inner / lanes));
  const numbers = classes * Math.min(inner, lanes) + 8;
  return { units, grain: Math.ceil(grainNumbers / numbers) };
}
