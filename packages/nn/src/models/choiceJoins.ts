import {
  equal,
  formatShape,
  greater,
  greaterOrEqual,
  type Shape,
  ShapeError,
  type Tensor,
  ValueError,
  where,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { BuildContext } from '../layers/layer.ts';
import { keptOptions } from '../layers/layer.ts';
import { type CallRest, checkUnread } from '../layers/trainingMode.ts';
import { OperationJoin } from './operationJoin.ts';

const questions = { equal, greater, greaterOrEqual };

export interface CompareOptions {
  /** `equal`, `greater` or `greaterOrEqual`. */
  readonly by: keyof typeof questions;
}

const compareOptions: OptionNames<CompareOptions> = { by: 'required' };

/**
 * y = 1 where x₁ > x₂ (or = or ≥), else 0, number by number, of inputs of equal shape, or of shapes that can be broadcast. It has
 * no gradient. See `greater`, `equal`, `greaterOrEqual`.
 *
 * @example
 * const [left, right] = [input([3]), input([3])];
 * const isLarger = join(new Compare({ by: 'greater' }), [left, right]);
 */
export class Compare extends OperationJoin {
  readonly type = 'Compare';
  readonly kind = 'compare';
  readonly options: CompareOptions;

  /** @throws ValueError when there is no such comparison */
  constructor(options: CompareOptions, ...surplus: []) {
    checkSurplus('Compare', surplus);
    super();
    this.options = keptOptions(checkOptions('Compare', options, compareOptions));
    const { by } = this.options;
    if (Object.hasOwn(questions, by)) return;
    throw new ValueError({
      operation: 'Compare',
      got: `a comparison by ${String(by)}`,
      wanted: `one of ${Object.keys(questions).join(', ')}`,
      remedy: 'For less and lessOrEqual put the inputs into the other order',
    });
  }

  /** @throws ShapeError when these are not two, or do not fit together */
  override build(inputShapes: readonly Shape[], context: BuildContext): Shape {
    checkCount(2, inputShapes, context);
    return super.build(inputShapes, context);
  }

  call([x, y]: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return questions[this.options.by](x, y);
  }
}

/**
 * y = x₁ where the condition is not 0, else x₂, number by number: of three inputs, the condition first, of equal shape, or of
 * shapes that can be broadcast. The side that was not taken gets a gradient of 0, and so does the condition. See `where`.
 *
 * @example
 * const [left, right] = [input([3]), input([3])];
 * const isLarger = join(new Compare({ by: 'greater' }), [left, right]);
 * const larger = join(new Where(), [isLarger, left, right]);
 */
export class Where extends OperationJoin {
  readonly type = 'Where';
  readonly kind = 'where';

  constructor(...surplus: []) {
    super();
    checkSurplus('Where', surplus);
  }

  /** @throws ShapeError when these are not three, or do not fit together */
  override build(inputShapes: readonly Shape[], context: BuildContext): Shape {
    checkCount(3, inputShapes, context);
    return super.build(inputShapes, context);
  }

  call([condition, x, y]: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return where(condition, x, y);
  }
}

function checkCount(count: number, inputShapes: readonly Shape[], { name }: BuildContext): void {
  if (inputShapes.length === count) return;
  const isChoice = count === 3;
  throw new ShapeError({
    operation: name,
    got: `${inputShapes.length} inputs, ${inputShapes.map(formatShape).join(' and ')}`,
    wanted: isChoice ? 'three' : 'two',
    remedy: isChoice
      ? 'Join a condition and two values: `join(new Where(), [condition, left, right])`'
      : "Join two values: `join(new Compare({ by: 'greater' }), [left, right])`",
  });
}
