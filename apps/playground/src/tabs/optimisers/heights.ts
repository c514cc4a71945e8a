import { abs, add, divide, matmul, multiply, slice, square, subtract, type Tensor, tensor } from '@tapegrad/core';
import { beyond, grain } from './grain.ts';
import { frames, type ValleyName } from './valleys.ts';

/** How high each point of `[n, 2]` lies, `[n, 1]`. */
type Heights = (points: Tensor, steepness: number) => Tensor;

const xOf = (points: Tensor): Tensor => slice(points, [null, [0, 1]]);
const yOf = (points: Tensor): Tensor => slice(points, [null, [1, 2]]);

/** (x² + κ·y²)/2: the condition number of its Hessian is κ. */
const bowl: Heights = (points, steepness) =>
  multiply(0.5, add(square(xOf(points)), multiply(steepness, square(yOf(points)))));

/** Turns points by 45°. */
const turn = tensor(
  [
    [Math.SQRT1_2, -Math.SQRT1_2],
    [Math.SQRT1_2, Math.SQRT1_2],
  ],
  { dtype: 'float64' },
);

/** The valleys that are walked down, each with its lowest point at height 0. */
export const heights: Readonly<Record<ValleyName, Heights>> = {
  bowl,
  turned: (points, steepness) => bowl(matmul(points, turn), steepness),
  // Rosenbrock's, a twentieth as high, so that rates for the bowl do for it: along a bent floor, y = x², to (1, 1).
  banana: (points, steepness) =>
    divide(
      add(square(subtract(1, xOf(points))), multiply(steepness, square(subtract(yOf(points), square(xOf(points)))))),
      20,
    ),
  // κ·x²/20 - y²/2 + y⁴/4 + ¼: a ridge along y = 0, and two lowest points, (0, ±1).
  saddle: (points, steepness) =>
    add(multiply(steepness / 20, square(xOf(points))), divide(square(subtract(square(yOf(points)), 1)), 4)),
  kink: (points, steepness) => add(abs(xOf(points)), multiply(steepness / 10, abs(yOf(points)))),
};

/** The heights of a valley, row by row from below, for a picture that ends a little beyond its frame. */
export function reliefOf({ valley, steepness }: { valley: ValleyName; steepness: number }): number[] {
  const [x, y] = [beyond(frames[valley].x), beyond(frames[valley].y)];
  const along = ([from, to]: readonly [number, number], at: number): number => from + ((to - from) * at) / (grain - 1);
  const points = Array.from({ length: grain * grain }, (_, at) => [
    along(x, at % grain),
    along(y, Math.floor(at / grain)),
  ]);
  return Array.from(heights[valley](tensor(points, { dtype: 'float64' }), steepness).read());
}
