import { sum, type Tape, type Tensor, tensor, ValueError } from '@tapegrad/core';
import { sameShape } from '@tapegrad/core/authors';
import { flagOf } from './flags.ts';
import type { Request } from './request.ts';

/** A loss on a tape, ready to be walked back from. */
export interface Recorded {
  /** By name, all of them; class indices are not on the tape. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** What the loss gave: one number, or one for each element or row. */
  readonly losses: Tensor;
  /** The one number to differentiate: the loss, or the sum of the losses where there are several. */
  readonly loss: Tensor;
}

/**
 * Computes the loss of a request on a tape that the caller ends.
 *
 * @throws ValueError when class indices are to be differentiated by
 * @throws TapegradError when the loss refuses its inputs or options
 */
export function recordLoss(tape: Tape, { form, inputs, options, by, dtype }: Request): Recorded {
  const given = Object.entries(inputs).map(([name, numbers]) => [name, tensor(numbers, { dtype })] as const);
  const [[, first]] = given;
  const placed = given.map(([name, x]): readonly [string, Tensor] => {
    const holds = form.inputs[name].holds ?? 'numbers';
    const isOnTape = holds === 'numbers' || (holds === 'classesOrProbabilities' && sameShape(x.shape, first.shape));
    if (!isOnTape && by.includes(name)) throw classesHaveNoGradient(name, Object.keys(inputs)[0]);
    if (!isOnTape) return [name, x];
    return [name, by.includes(name) ? tape.watch(x, name) : tape.constant(x, name)];
  });
  const onTape = Object.fromEntries(placed);
  const losses = form.compute(onTape, options);
  return { inputs: onTape, losses, loss: losses.size === 1 ? losses : sum(losses) };
}

function classesHaveNoGradient(name: string, scores: string): ValueError {
  return new ValueError({
    operation: '--by',
    got: `${name}, which holds class indices`,
    wanted: 'inputs that can change a little',
    remedy: `Give probabilities, as many as ${scores} in each row: \`${flagOf(name)} 1,0,0\``,
  });
}
