import { full, Random, type Shape, Tape, type Tensor, tensor, zeros } from '@tapegrad/core';
import { positions } from '../../core/test/numbers.ts';
import type { Initialiser } from '../src/initialisers/draw.ts';
import type { Sequential } from '../src/layers/sequential.ts';

/** Weights of 1, so that nothing cancels. */
export const allOnes: Initialiser = ({ shape, dtype }) => full(shape, 1, dtype);

export interface Seen {
  readonly first: number;
  readonly last: number;
}

/**
 * From where to where, along each spatial axis, the gradient of one output (of channel 0) by the input is not zero; for any
 * of `count` random inputs, as a maximum is seen only where it is.
 */
export function seenFrom(model: Sequential, place: readonly number[], count = 1): Seen[] {
  const random = new Random(1);
  const seen = model.inputShape
    .slice(1)
    .map(() => ({ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }));
  for (let draw = 0; draw < count; draw++) {
    const gradient = gradientOf(model, place, drawn([1, ...model.inputShape], random));
    const numbers = gradient.toFlatArray();
    let at = 0;
    for (const [, , ...spatial] of positions(gradient.shape)) {
      if (numbers[at++] === 0) continue;
      spatial.forEach((pixel, axis) => {
        seen[axis] = { first: Math.min(seen[axis].first, pixel), last: Math.max(seen[axis].last, pixel) };
      });
    }
  }
  return seen;
}

function gradientOf(model: Sequential, place: readonly number[], input: Tensor): Tensor {
  using tape = new Tape();
  const x = tape.watch(input);
  const output = model.call(x, { training: false });
  const cotangent = oneHot(output.shape, [0, 0, ...place]);
  const gradient = tape.gradients(output, { withRespectTo: [x], cotangent }).get(x);
  return tensor(gradient.toFlatArray().slice(), { shape: gradient.shape });
}

function oneHot(shape: Shape, place: readonly number[]): Tensor {
  const index = place.reduce((flat, at, axis) => flat * shape[axis] + at, 0);
  const numbers = zeros(shape, 'float64').toFlatArray().slice();
  numbers[index] = 1;
  return tensor(numbers, { shape });
}

function drawn(shape: Shape, random: Random): Tensor {
  const numbers = Float64Array.from(zeros(shape).toFlatArray(), () => random.uniform());
  return tensor(numbers, { shape });
}
