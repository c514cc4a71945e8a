import { checkFunction } from '../kinds.ts';
import { checkSurplus } from '../options/index.ts';
import { checkTensor } from '../tensor/kinds.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Recording } from './recording.ts';

/**
 * Calls `work`, and marks what it records on the tape of x as done by the layer of that name; off the tape it just calls
 * it. This is how a model tells the tape which layer is at work.
 *
 * @example
 * using tape = new Tape();
 * const y = within(tape.watch(tensor([1]), 'x'), 'gate', () => sigmoid(tape.watch(tensor([0]))));
 * y // [0.5]
 */
export function within<Result>(x: Tensor, layer: string, work: () => Result, ...surplus: []): Result {
  checkSurplus('within', surplus);
  checkTensor('within', 'x', x);
  checkFunction('within', 'work', work, 'Give the work as a function: `within(x, name, () => …)`');
  const recording = x.tape?.recording;
  return recording instanceof Recording ? recording.within(layer, work) : work();
}
