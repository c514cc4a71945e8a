import { Tape } from '../fusion/tape.ts';
import { add } from '../ops/elementwise/add.ts';
import { multiply } from '../ops/elementwise/multiply.ts';
import { checkOptions, checkSurplus, type OptionNames } from '../options/index.ts';
import { Random } from '../random/random.ts';
import { type Numbers, tensor } from '../tensor/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type Differentiable, outputOf, pointOf, randomLike } from './point.ts';
import { compareSlopesOfSum, type SlopesOfSum } from './slopes.ts';
import { describeKink, disagreement, isBetween, judge, type Kink, widened } from './verdict.ts';

export interface GradcheckOptions {
  /** Names of the inputs, for the report. Default: x0, x1, … */
  readonly names?: readonly string[];
  /** How many random directions each input is checked along. Default: 3. */
  readonly directions?: number;
  /** The step of the central difference. Default: 1e-5, near the cube root of float64's precision. */
  readonly step?: number;
  /** The largest error that passes, relative to the slope or, for slopes below 1, absolute. Default: 1e-6. */
  readonly tolerance?: number;
  /** The seed of the directions. Default: 1. */
  readonly seed?: number;
}

export const gradcheckOptions: OptionNames<GradcheckOptions> = {
  names: 'optional',
  directions: 'optional',
  step: 'optional',
  tolerance: 'optional',
  seed: 'optional',
};

export interface GradcheckReport {
  /** How many directional derivatives were compared. */
  readonly comparisons: number;
  /** The largest error among them, relative where the slope is larger than 1. */
  readonly worstError: number;
  /** The directions that met a corner. They are reported and not held against the derivative, if it is a subgradient. */
  readonly kinks: readonly Kink[];
}

/**
 * Checks the derivatives of `f` at a point against central differences, in float64. For a random direction v and a random
 * cotangent u, both sides of
 *
 * uᵀ·(f(x + hv) - f(x - hv)) / 2h ≈ (∂(uᵀf)/∂x)·v
 *
 * are computed, for one input at a time. A random direction meets every entry of the Jacobian at the cost of two calls.
 *
 * @param f computed from ops; anything random in it must come out the same at every call
 * @param inputs the point, one array for each argument of `f`
 * @returns a report, with the directions in which `f` has a corner, where no derivative exists
 * @example gradcheck((x) => square(x), [[1, 2]]).kinks // []
 * @throws GradientCheckError naming the input, when the two sides differ by more than the tolerance
 */
export function gradcheck(
  f: Differentiable,
  inputs: readonly Numbers[],
  options: GradcheckOptions = {},
  ...surplus: []
): GradcheckReport {
  checkSurplus('gradcheck', surplus);
  const {
    directions = 3,
    step = 1e-5,
    tolerance = 1e-6,
    seed = 1,
  } = checkOptions('gradcheck', options, gradcheckOptions);
  const random = new Random(seed);
  const point = pointOf('gradcheck', f, inputs);
  const output = outputOf('gradcheck', f, point);
  const cotangent = randomLike(output, random);
  const derivatives = vectorJacobianProducts(f, point, cotangent);
  const kinks: Kink[] = [];
  let comparisons = 0;
  let worstError = 0;
  point.forEach((x, index) => {
    if (x.size === 0) return;
    const input = options.names?.[index] ?? `x${index}`;
    for (let count = 0; count < directions; count++) {
      const direction = randomLike(x, random);
      const derivative = dot(derivatives[index], direction);
      const outputs = (way: Tensor, distance: number): ArrayLike<number> =>
        f(...point.map((other, at) => (at === index ? shifted(other, way, distance) : other))).toFlatArray();
      const along = (way: Tensor): SlopesOfSum =>
        compareSlopesOfSum((distance) => outputs(way, distance), cotangent.toFlatArray(), step);
      let slopes = along(direction);
      // Several corners in one output hide each other too; one number of the input alone meets few of them.
      if (slopes.isKink && !isBetween(slopes, derivative, tolerance)) slopes = widened(slopes, direction, along);
      if (slopes.isKink) kinks.push(describeKink(input, slopes, derivative, tolerance));
      const { error, isRight } = judge(slopes, derivative, tolerance);
      if (!isRight) throw disagreement(input, x, slopes, derivative, error, tolerance);
      if (!slopes.isKink) worstError = Math.max(worstError, error);
      comparisons++;
    }
  });
  return { comparisons, worstError, kinks };
}

function vectorJacobianProducts(f: Differentiable, point: readonly Tensor[], cotangent: Tensor): Tensor[] {
  using tape = new Tape();
  const inputs = point.map((x) => tape.watch(x));
  const output = f(...inputs);
  const gradients = tape.gradients(output, { cotangent, withRespectTo: inputs, nonFinite: 'allow' });
  return inputs.map((x, index) =>
    tensor(gradients.has(x) ? gradients.get(x).toNdarray() : multiply(point[index], 0).toNdarray()),
  );
}

function shifted(x: Tensor, direction: Tensor, distance: number): Tensor {
  return add(x, multiply(direction, distance));
}

function dot(a: Tensor, b: Tensor): number {
  const [left, right] = [a.toFlatArray(), b.toFlatArray()];
  let total = 0;
  for (let i = 0; i < left.length; i++) total += left[i] * right[i];
  return total;
}
