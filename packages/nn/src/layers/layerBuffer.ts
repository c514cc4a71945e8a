import { cast, detach, formatShape, type Shape, ShapeError, type Tensor } from '@tapegrad/core';
import { checkSurplus, checkTensor, checkText, sameShape } from '@tapegrad/core/authors';

/**
 * Numbers that a layer keeps from one call to the next but does not learn by gradients, such as running statistics. They
 * are saved with the parameters. `value` is replaced, never changed: who holds the old one keeps the old numbers.
 */
export class LayerBuffer {
  /** What saved files call it: `batchNorm1.runningMean`. */
  readonly name: string;
  private current: Tensor;

  constructor(name: string, initial: Tensor, ...surplus: []) {
    checkSurplus('LayerBuffer', surplus);
    checkText(
      'LayerBuffer',
      'name',
      name,
      'Name it first, then give its numbers: `new LayerBuffer("mean", zeros([3]))`',
    );
    checkTensor(name, 'initial', initial);
    this.name = name;
    this.current = detach(initial);
  }

  get value(): Tensor {
    return this.current;
  }

  get shape(): Shape {
    return this.current.shape;
  }

  /**
   * Replaces the numbers by a copy of those of `value`, rounded to the type that they had.
   *
   * @throws ShapeError when the shapes differ
   */
  assign(value: Tensor, ...surplus: []): void {
    checkSurplus('assign', surplus);
    checkTensor(`${this.name}.assign`, 'value', value);
    if (!sameShape(value.shape, this.shape)) {
      throw new ShapeError({
        operation: `${this.name}.assign`,
        got: `a value of shape ${formatShape(value.shape)}`,
        wanted: formatShape(this.shape),
        remedy: 'Check that the value belongs to this buffer',
      });
    }
    this.current = cast(detach(value), this.current.dtype);
  }
}
