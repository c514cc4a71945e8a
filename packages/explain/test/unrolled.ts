import { add, concat, multiply, sum, Tape, type Tensor, tanh, within } from '@tapegrad/core';
import { describeTape } from '../src/description/describeTape.ts';
import type { TapeDescription } from '../src/description/description.ts';

/** A chain that uses one weight so many times. */
export function unrolled(times: number): TapeDescription {
  using tape = new Tape();
  const weight = tape.watch([0.9], 'weight');
  let x = tape.constant([1]);
  for (let time = 0; time < times; time++) x = multiply(x, weight);
  return describeTape(tape, { output: sum(x) });
}

/** A chain of which every value is used once more at its end. */
export function collected(length: number): TapeDescription {
  using tape = new Tape();
  const states = [tape.watch([0.9], 'x')];
  while (states.length < length) states.push(tanh(states[states.length - 1]));
  return describeTape(tape, { output: sum(concat(states, { axis: 0 })) });
}

/** A chain whose steps each use one more value, by its index, in layers of ten steps. */
export function jumping(indices: readonly number[]): TapeDescription {
  using tape = new Tape();
  const made: Tensor[] = [tape.watch([0.9], 'x'), tape.watch([0.1], 'y')];
  for (const [time, index] of indices.entries()) {
    const last = made[made.length - 1];
    made.push(within(last, `layer ${Math.floor(time / 10)}`, () => add(last, made[index % made.length])));
  }
  return describeTape(tape, { output: sum(made[made.length - 1]) });
}

/** A recurrent net: of the lines of its weights, those to its inputs follow from no others. */
export function recurrent(times: number): TapeDescription {
  using tape = new Tape();
  const [along, into, out] = ['along', 'into', 'out'].map((name) => tape.watch([[0.5]], name));
  let state = tape.watch([[1]], 'state');
  const outputs = Array.from({ length: times }, (_, time) => {
    state = tanh(add(multiply(state, along), multiply(tape.constant([[time]]), into)));
    return multiply(state, out);
  });
  return describeTape(tape, { output: sum(concat(outputs, { axis: 0 })) });
}

/** Two chains that use the same weights, one in the order in which the other uses them last: no line follows from the others. */
export function contrary(length: number): TapeDescription {
  using tape = new Tape();
  const weights = Array.from({ length }, (_, index) => tape.watch([0.9], `weight ${index}`));
  const along = (order: readonly Tensor[]): Tensor =>
    order.reduce((x, weight) => multiply(x, weight), tape.constant([1]));
  return describeTape(tape, { output: sum(add(along(weights), along(weights.toReversed()))) });
}
