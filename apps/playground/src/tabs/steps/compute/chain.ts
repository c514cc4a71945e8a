import { divide, exp, log, max, multiply, negate, subtract, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { allocateFloats } from '@tapegrad/core/authors';
import type { ChainName } from '../chainNames.ts';
import type { Question } from '../question.ts';
import { divisorOf, natsPer, spreadTarget } from './spread.ts';

/** The loss as a chain of elementary steps on a tape. */
export interface Chain {
  readonly tape: Tape;
  /** What each step made, in order. */
  readonly outputs: ReadonlyMap<ChainName, Tensor>;
  readonly loss: Tensor;
  /** The target as it is multiplied by, `[rows, classes]`. */
  readonly target: Tensor;
}

/**
 * Records softmax cross-entropy step by step: z → max → shift → exp → sum → p → log p → pick → add → negate, then the
 * reduction and the base of the logarithm. Each step is one op, so that each has a derivative of its own.
 */
export function recordChain(question: Question): Chain {
  const tape = new Tape();
  const outputs = new Map<ChainName, Tensor>();
  const step = (name: ChainName, output: Tensor): Tensor => {
    outputs.set(name, output);
    return output;
  };
  const target = tape.constant(spreadTarget(question), 'target');
  const z = step('logits', tape.watch(tensor(question.logits, { dtype: question.dtype }), 'logits'));
  const largest = step('max', max(z, { axes: -1, keepDims: true }));
  const shifted = step('shift', subtract(z, largest));
  const powers = step('exp', exp(shifted));
  const total = step('sum', sum(powers, { axes: -1, keepDims: true }));
  const p = step('softmax', divide(powers, total));
  const logs = step('log', log(p));
  const picked = step('pick', multiply(target, logs));
  const added = step('add', sum(picked, { axes: -1 }));
  let loss = step('negate', negate(added));
  if (question.reduction !== 'none') loss = step('total', sum(loss));
  if (question.reduction === 'mean') loss = step('mean', divide(loss, divisorOf(question)));
  if (question.base !== 'e') loss = step('base', divide(loss, natsPer(question.base)));
  return { tape, outputs, loss, target };
}

/** Where the walk back begins: 1, or a one for each loss that was not reduced. */
export function firstCotangent(loss: Tensor): Tensor {
  const ones = allocateFloats(loss.dtype, loss.size);
  return tensor(ones.fill(1), { shape: loss.shape });
}
