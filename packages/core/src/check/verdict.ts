import { GradientCheckError } from '../errors.ts';
import { tensor } from '../tensor/create.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { SlopesOfSum } from './slopes.ts';

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

/** How far a derivative is off, and whether that passes. */
export function judge(slopes: SlopesOfSum, derivative: number, tolerance: number): { error: number; isRight: boolean } {
  const error = Math.abs(slopes.central - derivative) / Math.max(1, Math.abs(slopes.central));
  if (slopes.isKink) return { error, isRight: isBetween(slopes, derivative, tolerance) };
  return { error, isRight: error <= tolerance };
}

/** The same slopes, with the bounds that follow from the slopes along each number of the input. */
export function widened(slopes: SlopesOfSum, direction: Tensor, along: (way: Tensor) => SlopesOfSum): SlopesOfSum {
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

/** Whether a derivative can be a subgradient, for which differences allow more than the tolerance. */
export function isBetween({ least, largest }: SlopesOfSum, derivative: number, tolerance: number): boolean {
  const slack = Math.sqrt(tolerance) * Math.max(1, Math.abs(least), Math.abs(largest));
  return derivative >= least - slack && derivative <= largest + slack;
}

export function describeKink(input: string, slopes: SlopesOfSum, derivative: number, tolerance: number): Kink {
  return {
    input,
    slopeBefore: slopes.before,
    slopeAfter: slopes.after,
    derivative,
    isBetween: isBetween(slopes, derivative, tolerance),
  };
}

export function disagreement(
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
