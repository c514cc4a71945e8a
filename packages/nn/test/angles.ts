import { type Tensor, tensor } from '@tapegrad/core';
import { uniform } from '../../core/test/numbers.ts';

/** Features of four examples, weights of three classes, and the classes. */
export const features: Tensor = tensor(uniform([4, 5], { low: -2, high: 2, seed: 3 }));
export const weight: Tensor = tensor(uniform([3, 5], { low: -1, high: 1, seed: 4 }));
export const labels: readonly number[] = [2, 0, 1, 2];

/** A plain list of rows. */
export function rowsOf(x: Tensor): number[][] {
  return x.toList() as number[][];
}

const lengthOf = (v: readonly number[]): number => Math.hypot(...v);

/** What a margin makes of the angle between an example and a class, and of how long the two are. */
export type Logit = (angle: number, lengths: { readonly x: number; readonly w: number }, isRight: boolean) => number;

/** The losses -ln softmax(z)_y of each example by plain arithmetic: z from angles, which `Math.acos` finds. */
export function lossesByAngle(x: Tensor, w: Tensor, classes: readonly number[], logit: Logit): number[] {
  const [examples, weights] = [rowsOf(x), rowsOf(w)];
  return examples.map((example, n) => {
    const z = weights.map((own, c) => {
      const dot = own.reduce((total, number, i) => total + number * example[i], 0);
      const lengths = { x: lengthOf(example), w: lengthOf(own) };
      const cosine = Math.max(-1, Math.min(1, dot / (lengths.x * lengths.w)));
      return logit(Math.acos(cosine), lengths, c === classes[n]);
    });
    const most = Math.max(...z);
    return most + Math.log(z.reduce((total, number) => total + Math.exp(number - most), 0)) - z[classes[n]];
  });
}
