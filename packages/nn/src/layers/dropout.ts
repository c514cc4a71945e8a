import { type FloatArray, multiply, type Parameter, type Shape, type Tensor, where } from '@tapegrad/core';
import { allocateFloats, checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, type CallContext, checkContext, type Layer } from './layer.ts';
import { checkRate } from './rate.ts';
import { isTraining, randomOf } from './trainingMode.ts';

export interface DropoutOptions {
  /** The probability that a number is dropped: at least 0, less than 1. Default: 0.5. */
  readonly rate?: number;
}

const dropoutOptions: OptionNames<DropoutOptions> = { rate: 'optional' };

/**
 * y = x / (1 - rate) with probability 1 - rate, else 0, for each number by itself, in training; y = x otherwise. What is
 * kept is made larger, so that the expected value stays; no unit can count on any other. Any shape.
 *
 * What was dropped is 0 whatever it was, and gets a gradient of 0. One uniform number is drawn for each number of x, in
 * row-major order; for a rate of 0 none.
 *
 * Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout", 2014.
 */
export class Dropout implements Layer {
  readonly type = 'Dropout';
  readonly kind = 'dropout';
  readonly parameters: readonly Parameter[] = [];
  readonly rate: number;
  #name: string = this.type;
  #room: FloatArray | undefined;

  /** @throws ValueError when the rate is not at least 0 and less than 1 */
  constructor(options: DropoutOptions = {}, ...surplus: []) {
    checkSurplus('Dropout', surplus);
    const { rate = 0.5 } = checkOptions('Dropout', options, dropoutOptions);
    checkRate('Dropout', rate);
    this.rate = rate;
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name } = checkContext(this, inputShape, context);
    this.#name = name;
    return inputShape;
  }

  /** @throws ValueError when x stands on a tape and there is no context, or there are no random numbers in training */
  call(x: Tensor, context?: CallContext, ...surplus: []): Tensor {
    checkSurplus(`${this.type}.call`, surplus);
    if (!isTraining(this.#name, x, context)) return x;
    const random = randomOf(this.#name, context);
    if (this.rate === 0) return x;
    const isKept = this.#roomFor(x);
    random.mask(isKept, this.rate);
    // The op takes a copy of what is no tensor.
    return where(ndarrayOf(isKept, x.shape), multiply(x, 1 / (1 - this.rate)), 0);
  }

  /** One number for each of x, and of its type: the same array from step to step, for a new one would have to be cleared. */
  #roomFor({ dtype, size }: Tensor): FloatArray {
    const isOfType = dtype === (this.#room instanceof Float32Array ? 'float32' : 'float64');
    if (this.#room?.length !== size || !isOfType) this.#room = allocateFloats(dtype, size);
    return this.#room;
  }
}
