import { add, type ConcatOptions, concat, multiply, type Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { keptOptions } from '../layers/layer.ts';
import { type CallRest, checkUnread } from '../layers/trainingMode.ts';
import { OperationJoin } from './operationJoin.ts';

/**
 * y = x₁ + x₂ + …, of inputs of equal shape, or of shapes that can be broadcast.
 *
 * @example
 * const shortcut = input([3]);
 * const sum = join(new Add(), [shortcut.to(new Dense({ outFeatures: 3 })), shortcut]);
 */
export class Add extends OperationJoin {
  readonly type = 'Add';
  readonly kind = 'add';

  constructor(...surplus: []) {
    super();
    checkSurplus('Add', surplus);
  }

  /** @throws ShapeError when the shapes cannot be broadcast */
  call(inputs: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return inputs.reduce((total, x) => add(total, x));
  }
}

/**
 * y = x₁ · x₂ · …, number by number, of inputs of equal shape, or of shapes that can be broadcast: a gate.
 *
 * @example
 * const features = input([3]);
 * const gate = features.to(new Dense({ outFeatures: 3 }), new Sigmoid());
 * const gated = join(new Multiply(), [features, gate]);
 */
export class Multiply extends OperationJoin {
  readonly type = 'Multiply';
  readonly kind = 'multiply';

  constructor(...surplus: []) {
    super();
    checkSurplus('Multiply', surplus);
  }

  /** @throws ShapeError when the shapes cannot be broadcast */
  call(inputs: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return inputs.reduce((total, x) => multiply(total, x));
  }
}

const concatLayerOptions: OptionNames<ConcatOptions> = { axis: 'optional' };

/**
 * The inputs side by side, by default along their channels: `[batch, 8, 28, 28]` and `[batch, 4, 28, 28]` to `[batch, 12, 28,
 * 28]`. The axis counts with the batch, which is 0.
 *
 * @example
 * const [left, right] = [input([3]).to(new Dense({ outFeatures: 2 })), input([4])];
 * const both = join(new Concat(), [left, right]);
 */
export class Concat extends OperationJoin {
  readonly type = 'Concat';
  readonly kind = 'concat';

  readonly options: ConcatOptions;

  /** @throws ValueError when an option is unknown */
  constructor(options: ConcatOptions = {}, ...surplus: []) {
    checkSurplus('Concat', surplus);
    super();
    this.options = keptOptions(checkOptions('Concat', options, concatLayerOptions));
  }

  /** @throws ShapeError when the shapes differ in more than the length of the axis */
  call(inputs: readonly Tensor[], ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    return concat(inputs, { axis: this.options.axis ?? 1 });
  }
}
