import { LastingNumbers } from '../engine/memory.ts';
import { ShapeError } from '../errors.ts';
import { checkFunction, checkText, wrongKind } from '../kinds.ts';
import { checkSurplus } from '../options/index.ts';
import { checkTensor } from './kinds.ts';
import { formatShape, sameShape } from './shape.ts';
import { viewOf } from './strided.ts';
import { Tensor } from './tensor.ts';

/**
 * A tensor that training changes: a weight or a bias. It belongs to its model, outlives every tape, and is the one
 * kind of tensor whose numbers change, by {@link update}.
 *
 * An op with a parameter and a tensor on a tape among its inputs records the parameter there by itself.
 */
export class Parameter extends Tensor {
  /** What the tape, the summary and saved files call it: `conv1.weight`. */
  readonly name: string;
  /**
   * Whether tapes compute a gradient for it by default, so that an optimiser moves it. Default: true. A
   * gradient that is asked for by `withRespectTo` is computed all the same.
   *
   * @throws DataTypeError when it is set to something else than true or false
   */
  declare trainable: boolean;
  readonly #numbers: LastingNumbers;
  #version = 0;
  #trainable = true;

  /**
   * `trainable` as a property of each parameter's own, so that deep equality compares it. The same two functions for all of
   * them: objects with functions of their own have no class in common for V8, and each step would take a quarter longer.
   */
  static readonly #shown: PropertyDescriptor & ThisType<Parameter> = {
    enumerable: true,
    // As the proxy of `content` wants of what it does not show.
    configurable: true,
    get() {
      return this.#trainable;
    },
    set(value: unknown) {
      if (typeof value === 'boolean') this.#trainable = value;
      else {
        throw wrongKind(this.name, 'trainable', value, {
          wanted: 'true or false',
          remedy: 'Set it to one of them, or use `freeze` and `thaw`',
        });
      }
    },
  };

  /**
   * Takes a copy of the numbers of `initial`.
   *
   * @throws DataTypeError when `initial` is no tensor
   * @throws OutOfMemoryError when there is no room
   */
  constructor(name: string, initial: Tensor, ...surplus: []) {
    checkSurplus('Parameter', surplus);
    checkText(
      'Parameter',
      'name',
      name,
      'Name it first, then give its numbers: `new Parameter("weight", tensor([1, 2]))`',
    );
    checkTensor(name, 'initial', initial);
    const numbers = new LastingNumbers(initial.read());
    super(viewOf(numbers.array, initial.shape));
    this.#numbers = numbers;
    this.name = name;
    Object.defineProperty(this, 'trainable', Parameter.#shown);
  }

  /** How many times the numbers were changed, so that a tape can tell when those it saw are gone. */
  get version(): number {
    return this.#version;
  }

  /** The flat numbers, to be changed in place by `change`; how an optimiser writes. */
  update(change: (numbers: Float32Array | Float64Array) => void, ...surplus: []): void {
    checkSurplus('update', surplus);
    checkFunction(
      `${this.name}.update`,
      'change',
      change,
      'Give what changes the flat numbers in place, or use `assign`',
    );
    this.#version++;
    change(this.#numbers.array);
  }

  /**
   * Replaces all numbers by those of `value`, rounded to the parameter's type.
   *
   * @throws ShapeError when the shapes differ
   * @throws DataTypeError when `value` is no tensor
   */
  assign(value: Tensor, ...surplus: []): void {
    checkSurplus('assign', surplus);
    checkTensor(`${this.name}.assign`, 'value', value);
    if (!sameShape(value.shape, this.shape)) {
      throw new ShapeError({
        operation: `${this.name}.assign`,
        got: `a value of shape ${formatShape(value.shape)}`,
        wanted: formatShape(this.shape),
        remedy: 'Check that the value belongs to this parameter',
      });
    }
    // A copy first, for the value may be a view of these very numbers.
    const copy = value.toFlatArray();
    this.update((numbers) => numbers.set(copy));
  }

  protected override get title(): string {
    return `Parameter ${this.name}`;
  }
}
