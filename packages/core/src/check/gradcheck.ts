import { GradientCheckError } from '../errors.ts';
import { Tape } from '../fusion/tape.ts';
import { checkFunction, checkList } from '../kinds.ts';
import { add } from '../ops/elementwise/add.ts';
import { multiply } from '../ops/elementwise/multiply.ts';
import { sum } from '../ops/reductions/sum.ts';
import { checkSurplus } from '../options/checkSurplus.ts';
import { checkOptions, type OptionNames } from '../options/index.ts';
import { Random } from '../random/random.ts';
import { type Numbers, tensor } from '../tensor/create.ts';
import { checkTensor } from '../tensor/kinds.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compareSlopesOfSum, type SlopesOfSum } from './slopes.ts';

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

const gradcheckOptions: OptionNames<GradcheckOptions> = {
  names: 'optional',
  directions: 'optional',
  step: 'optional',
  tolerance: 'optional',
  seed: 'optional',
};

/** A direction along which an output of the function has a corner at the point checked: its slopes on the two sides differ. */
export interface Kink {
  readonly input: string;
  readonly slopeBefore: number;
  readonly slopeAfter: number;
  /** What the derivative says there. */
  readonly derivative: number;
  /** Whether that is a subgradient: each corner that was met may choose a slope between its two. */
  readonly isBetween: boolean;
}

export interface GradcheckReport {
  /** How many directional derivatives were compared. */
  readonly comparisons: number;
  /** The largest error among them, relative where the slope is larger than 1. */
  readonly worstError: number;
  /** The directions that met a corner. They are reported and not held against the derivative, if it is a subgradient. */
  readonly kinks: readonly Kink[];
}

/** A function of tensors that is to be differentiated. */
export type Differentiable = (...inputs: Tensor[]) => Tensor;

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

/**
 * Checks second derivatives: {@link gradcheck} of the first ones. With random vectors v, it differentiates
 * S(x, u) = Σ (∂(uᵀf)/∂x)·v by the inputs x and by the cotangent u.
 *
 * @example gradgradcheck((x) => pow(x, 3), [[1, 2]]).kinks // []
 * @throws GradientCheckError as {@link gradcheck} does
 */
export function gradgradcheck(
  f: Differentiable,
  inputs: readonly Numbers[],
  options: GradcheckOptions = {},
  ...surplus: []
): GradcheckReport {
  checkSurplus('gradgradcheck', surplus);
  checkOptions('gradgradcheck', options, gradcheckOptions);
  const random = new Random((options.seed ?? 1) + 1);
  const point = pointOf('gradgradcheck', f, inputs);
  const vectors = point.map((x) => randomLike(x, random));
  const cotangent = randomLike(outputOf('gradgradcheck', f, point), random);
  const names = [...point.map((_, index) => options.names?.[index] ?? `x${index}`), 'cotangent'];
  const firstDerivative: Differentiable = (...all) => {
    const tape = tapeOf(all) ?? new Tape();
    const [x, u] = [all.slice(0, -1).map((input) => tape.watch(input)), tape.watch(all[all.length - 1])];
    const output = sum(multiply(f(...x), u));
    const gradients = tape.gradients(output, { withRespectTo: x, differentiable: true, nonFinite: 'allow' });
    const products = x.flatMap((input, index) =>
      gradients.has(input) ? [sum(multiply(gradients.get(input), vectors[index]))] : [],
    );
    // A function that is linear in nothing still depends on u; adding 0·u keeps it on the tape.
    return products.reduce((total, product) => add(total, product), sum(multiply(u, 0)));
  };
  return gradcheck(
    firstDerivative,
    [...point, cotangent].map((x) => x.toNdarray()),
    { ...options, names },
  );
}

/** The point at which derivatives are checked, in float64. */
function pointOf(operation: string, f: Differentiable, inputs: readonly Numbers[]): Tensor[] {
  const remedy = 'Give a function made of ops, then the numbers of each of its arguments: `gradcheck(relu, [[1, -2]])`';
  checkFunction(operation, 'f', f, remedy);
  checkList(operation, 'inputs', inputs, { wanted: 'a list with the numbers of each argument', remedy });
  return inputs.map((numbers) => tensor(numbers, { dtype: 'float64' }));
}

function outputOf(operation: string, f: Differentiable, point: readonly Tensor[]): Tensor {
  const value = f(...point);
  checkTensor(operation, 'what f returns', value, 'Compute it from ops, so that it has a derivative');
  return value;
}

function tapeOf(inputs: readonly Tensor[]): Tape | undefined {
  const tape = inputs.find((input) => input.tape !== null)?.tape;
  return tape instanceof Tape ? tape : undefined;
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

function judge(slopes: SlopesOfSum, derivative: number, tolerance: number): { error: number; isRight: boolean } {
  const error = Math.abs(slopes.central - derivative) / Math.max(1, Math.abs(slopes.central));
  if (slopes.isKink) return { error, isRight: isBetween(slopes, derivative, tolerance) };
  return { error, isRight: error <= tolerance };
}

/** The same slopes, with the bounds that follow from the slopes along each number of the input. */
function widened(slopes: SlopesOfSum, direction: Tensor, along: (way: Tensor) => SlopesOfSum): SlopesOfSum {
  let [least, largest] = [0, 0];
  direction.toFlatArray().forEach((length, at) => {
    const axis = new Float64Array(direction.size);
    axis[at] = 1;
    const own = along(tensor(axis, { shape: direction.shape }));
    least += Math.min(length * own.least, length * own.largest);
    largest += Math.max(length * own.least, length * own.largest);
  });
  return { ...slopes, least: Math.min(slopes.least, least), largest: Math.max(slopes.largest, largest) };
}

function isBetween({ least, largest }: SlopesOfSum, derivative: number, tolerance: number): boolean {
  const slack = Math.sqrt(tolerance) * Math.max(1, Math.abs(least), Math.abs(largest));
  return derivative >= least - slack && derivative <= largest + slack;
}

function describeKink(input: string, slopes: SlopesOfSum, derivative: number, tolerance: number): Kink {
  return {
    input,
    slopeBefore: slopes.before,
    slopeAfter: slopes.after,
    derivative,
    isBetween: isBetween(slopes, derivative, tolerance),
  };
}

function disagreement(
  input: string,
  x: Tensor,
  slopes: SlopesOfSum,
  derivative: number,
  error: number,
  tolerance: number,
): GradientCheckError {
  const numerical = slopes.isKink
    ? `${slopes.before} on one side and ${slopes.after} on the other`
    : `${slopes.central}`;
  return new GradientCheckError({
    operation: 'gradcheck',
    got: `along a random direction of ${input} ${formatShape(x.shape)} the derivative says ${derivative}, differences say ${numerical} (error ${error.toExponential(2)})`,
    wanted: `an error of at most ${tolerance}`,
    remedy: `Check the VJP by ${input}, or choose a point where the function is smooth and of moderate size`,
  });
}

function randomLike(x: Tensor, random: Random): Tensor {
  return tensor(
    Float64Array.from({ length: x.size }, () => random.uniform(-1, 1)),
    { shape: x.shape },
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
