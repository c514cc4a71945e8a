import type { FloatArray } from './dtype.ts';

/*
 * The softmax family over the middle axis: x is [outer, classes, inner]. All of them first take away the largest logit,
 * m: e^(x - m) is at most 1 and cannot overflow, and the result is the same, for e^-m cancels.
 */

/** y[o, c, i] = e^x[o, c, i] / Σₖ e^x[o, k, i] */
export function softmax(x: FloatArray, y: FloatArray, outer: number, classes: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * classes * inner + i;
      const end = start + classes * inner;
      const largest = largestOf(x, start, end, inner);
      let total = 0;
      for (let at = start; at < end; at += inner) total += Math.exp(x[at] - largest);
      for (let at = start; at < end; at += inner) y[at] = Math.exp(x[at] - largest) / total;
    }
  }
}

/** y[o, c, i] = x[o, c, i] - ln Σₖ e^x[o, k, i] */
export function logSoftmax(x: FloatArray, y: FloatArray, outer: number, classes: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * classes * inner + i;
      const end = start + classes * inner;
      const largest = largestOf(x, start, end, inner);
      const logTotal = logOfSum(x, start, end, inner, largest);
      for (let at = start; at < end; at += inner) y[at] = x[at] - largest - logTotal;
    }
  }
}

/** y[o, i] = ln Σₖ e^x[o, k, i]; an empty or wholly -Infinite sum gives -Infinity, one with an Infinity gives Infinity. */
export function logSumExp(x: FloatArray, y: FloatArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * length * inner + i;
      const end = start + length * inner;
      const largest = largestOf(x, start, end, inner);
      // With an infinite maximum x - m would be NaN, and the maximum is the answer.
      y[o * inner + i] = Math.abs(largest) === Infinity ? largest : largest + logOfSum(x, start, end, inner, largest);
    }
  }
}

/**
 * loss[o, i] = Σ_c target[o, c, i]·(ln Σₖ e^x[o, k, i] - x[o, c, i]). A target of 0 costs nothing, even where the logit
 * is -Infinity.
 */
export function softmaxCrossEntropy(
  logits: FloatArray,
  target: FloatArray,
  loss: FloatArray,
  outer: number,
  classes: number,
  inner: number,
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * classes * inner + i;
      const end = start + classes * inner;
      const largest = largestOf(logits, start, end, inner);
      const logTotal = logOfSum(logits, start, end, inner, largest);
      let total = 0;
      for (let at = start; at < end; at += inner) {
        if (target[at] !== 0) total += target[at] * (logTotal - (logits[at] - largest));
      }
      loss[o * inner + i] = total;
    }
  }
}

function largestOf(x: FloatArray, start: number, end: number, step: number): number {
  let largest = -Infinity;
  for (let at = start; at < end; at += step) largest = Math.max(largest, x[at]);
  return largest;
}

function logOfSum(x: FloatArray, start: number, end: number, step: number, largest: number): number {
  let total = 0;
  for (let at = start; at < end; at += step) total += Math.exp(x[at] - largest);
  return Math.log(total);
}
