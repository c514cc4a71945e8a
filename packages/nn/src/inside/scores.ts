import {
  argMax,
  formatShape,
  multiply,
  oneHot,
  ShapeError,
  sum,
  type Tape,
  TapeError,
  type Tensor,
  ValueError,
} from '@tapegrad/core';
import { checkHas, checkNumberList, checkTensor } from '@tapegrad/core/authors';
import type { CallContext } from '../layers/layer.ts';
import { inUse } from '../layers/trainingMode.ts';

/** What gives scores for classes: a model, or anything that is called like one. */
export interface Scorer {
  call(x: Tensor, context?: CallContext): Tensor;
}

/** Which score to look at. */
export interface TargetOptions {
  /** The class: one for all examples, or one for each. Default: the one with the highest score. */
  readonly target?: number | readonly number[];
}

/** Throws a DataTypeError unless these are a model and a batch of no tape. */
export function checkScorer(operation: string, model: Scorer, x: Tensor): void {
  checkHas(operation, 'model', model, ['call'], {
    wanted: 'a model',
    remedy: 'Give the model first, then the batch',
  });
  checkTensor(operation, 'x', x);
  if (x.tape === null) return;
  throw new TapeError({
    operation,
    got: 'a batch that stands on a tape',
    wanted: 'a batch of its own: a tape is opened for it',
    remedy: 'Pass the images as they are, `tensor(images)`, or `detach(x)`',
  });
}

/**
 * The outputs of a model in use, `[batch, classes]`.
 *
 * @throws ShapeError when they have another form
 */
export function scoresOf(operation: string, model: Scorer, x: Tensor): Tensor {
  const scores = model.call(x, inUse);
  if (scores.rank === 2 && scores.shape[1] > 0) return scores;
  throw new ShapeError({
    operation,
    got: `outputs of shape ${formatShape(scores.shape)}`,
    wanted: '[batch, classes]',
    remedy: 'Give a model with one score for each class; of another one, a part: `{ call: (x) => … }`',
  });
}

/**
 * The class that is looked at, of each example.
 *
 * @throws ValueError when there is no such class, or not one for each example
 */
export function targetsOf(operation: string, scores: Tensor, { target }: TargetOptions): readonly number[] {
  const [batch, classes] = scores.shape;
  if (target === undefined) return [...argMax(scores, { axis: 1 }).data];
  if (typeof target !== 'number')
    checkNumberList(operation, 'target', target, 'Give one class, or one for each example');
  const targets = typeof target === 'number' ? new Array<number>(batch).fill(target) : target;
  const odd = targets.find((each) => !(Number.isInteger(each) && each >= 0 && each < classes));
  if (targets.length === batch && odd === undefined) return targets;
  throw new ValueError({
    operation,
    got: odd === undefined ? `${targets.length} targets for ${batch} examples` : `the target ${odd}`,
    wanted: odd === undefined ? 'one for each example, or one number for all' : `a class from 0 to ${classes - 1}`,
    remedy: 'Leave it out for the class with the highest score',
  });
}

/** The sum of the scores that are looked at. Each depends on its own example alone, so one walk back gives all slopes. */
export function totalScore(operation: string, scores: Tensor, options: TargetOptions): Tensor {
  const targets = targetsOf(operation, scores, options);
  return sum(multiply(scores, oneHot(targets, { classes: scores.shape[1], dtype: scores.dtype })));
}

/** What `work` gives, with a tape that ends after it. */
export function onTape<Result>(tape: Tape, work: () => Result): Result {
  try {
    return work();
  } finally {
    tape.release();
  }
}
