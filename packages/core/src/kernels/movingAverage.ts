import type { FloatArray } from './dtype.ts';

/** average ← average + (1 - decay)·(x - average), in place: a part of the way to x, which is where a constant x stays. */
export function movingAverage(average: FloatArray, x: FloatArray, length: number, decay: number): void {
  for (let i = 0; i < length; i++) average[i] += (1 - decay) * (x[i] - average[i]);
}
