import {
  divide,
  formatShape,
  matmul,
  maximum,
  minimum,
  type Shape,
  ShapeError,
  subtract,
  type Tensor,
} from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import type { BuildContext } from '../layers/layer.ts';
import { type CallRest, checkUnread } from '../layers/trainingMode.ts';
import { OperationJoin } from './operationJoin.ts';

/** A layer of two inputs, in an order that counts. */
abstract class PairJoin extends OperationJoin {
  /** @throws ShapeError when these are not two, or do not fit together */
  override build(inputShapes: readonly Shape[], context: BuildContext): Shape {
    if (inputShapes.length === 2) return super.build(inputShapes, context);
    throw new ShapeError({
      operation: context.name,
      got: `${inputShapes.length} inputs, ${inputShapes.map(formatShape).join(' and ')}`,
      wanted: 'two',
      remedy: `Join two values: \`join(new ${this.type}(), [left, right])\``,
    });
  }

  call([x, y]: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return this.operation(x, y);
  }

  protected abstract operation(x: Tensor, y: Tensor): Tensor;
}

/**
 * y = x₁ − x₂, of inputs of equal shape, or of shapes that can be broadcast.
 *
 * @example
 * const [left, right] = [input([3]), input([3])];
 * const difference = join(new Subtract(), [left, right]);
 */
export class Subtract extends PairJoin {
  readonly type = 'Subtract';
  readonly kind = 'subtract';
  protected readonly operation = subtract;

  constructor(...surplus: []) {
    super();
    checkSurplus('Subtract', surplus);
  }
}

/**
 * y = x₁ / x₂, number by number, of inputs of equal shape, or of shapes that can be broadcast.
 *
 * @example
 * const [total, count] = [input([3]), input([1])];
 * const ratio = join(new Divide(), [total, count]);
 */
export class Divide extends PairJoin {
  readonly type = 'Divide';
  readonly kind = 'divide';
  protected readonly operation = divide;

  constructor(...surplus: []) {
    super();
    checkSurplus('Divide', surplus);
  }
}

/**
 * y = x₁·x₂, the product of matrices: `[batch, rows, inner]` and `[batch, inner, columns]` to `[batch, rows, columns]`. See
 * `matmul`.
 *
 * @example
 * const [rows, columns] = [input([4, 3]), input([3, 4])];
 * const similarities = join(new MatrixProduct(), [rows, columns]);
 */
export class MatrixProduct extends PairJoin {
  readonly type = 'MatrixProduct';
  readonly kind = 'matrixProduct';
  protected readonly operation = matmul;

  constructor(...surplus: []) {
    super();
    checkSurplus('MatrixProduct', surplus);
  }
}

/**
 * y = max(x₁, x₂, …), number by number, of inputs of equal shape, or of shapes that can be broadcast.
 *
 * @example
 * const [left, right] = [input([3]), input([3])];
 * const largest = join(new Maximum(), [left, right]);
 */
export class Maximum extends OperationJoin {
  readonly type = 'Maximum';
  readonly kind = 'maximum';

  constructor(...surplus: []) {
    super();
    checkSurplus('Maximum', surplus);
  }

  /** @throws ShapeError when the shapes cannot be broadcast */
  call(inputs: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return inputs.reduce((most, x) => maximum(most, x));
  }
}

/**
 * y = min(x₁, x₂, …), number by number, of inputs of equal shape, or of shapes that can be broadcast.
 *
 * @example
 * const [left, right] = [input([3]), input([3])];
 * const smallest = join(new Minimum(), [left, right]);
 */
export class Minimum extends OperationJoin {
  readonly type = 'Minimum';
  readonly kind = 'minimum';

  constructor(...surplus: []) {
    super();
    checkSurplus('Minimum', surplus);
  }

  /** @throws ShapeError when the shapes cannot be broadcast */
  call(inputs: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return inputs.reduce((least, x) => minimum(least, x));
  }
}
