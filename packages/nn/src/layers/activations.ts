import {
  elu,
  type GeluOptions,
  gelu,
  type HardSigmoidOptions,
  hardSigmoid,
  leakyRelu,
  logSoftmax,
  mish,
  type Parameter,
  type Shape,
  type SoftplusOptions,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  type Tensor,
  tanh,
} from '@tapegrad/core';
import { resolveAxis } from '@tapegrad/core/authors';
import type { LayerWindow } from '../calculators/axisMove.ts';
import { type Cost, evaluationCost } from '../calculators/cost.ts';
import type { BuildContext, Layer } from './layer.ts';

/** A layer without parameters that gives as many numbers as it takes, in the same shape. */
abstract class Activation implements Layer {
  abstract readonly type: string;
  abstract readonly kind: string;
  readonly parameters: readonly Parameter[] = [];

  build(inputShape: Shape, _context?: BuildContext): Shape {
    return inputShape;
  }

  abstract call(x: Tensor): Tensor;

  /** A softmax along a spatial axis sees all of it in its sum, which is not counted. */
  window(): LayerWindow {
    return 'place';
  }

  cost(inputShape: Shape): Cost {
    return evaluationCost(inputShape);
  }
}

/** y = x for x > 0, else slope·x, place by place; any shape. See `leakyRelu`. */
export class LeakyReLU extends Activation {
  readonly type = 'LeakyReLU';
  readonly kind = 'leakyRelu';
  readonly options: { readonly slope?: number };

  /** @param options.slope the slope below 0; default: 0.01 */
  constructor(options: { readonly slope?: number } = {}) {
    super();
    this.options = options;
  }

  call(x: Tensor): Tensor {
    return leakyRelu(x, this.options.slope);
  }
}

/** y = x for x > 0, else alpha·(e^x - 1), place by place; any shape. See `elu`. */
export class ELU extends Activation {
  readonly type = 'ELU';
  readonly kind = 'elu';
  readonly options: { readonly alpha?: number };

  /** @param options.alpha default: 1 */
  constructor(options: { readonly alpha?: number } = {}) {
    super();
    this.options = options;
  }

  call(x: Tensor): Tensor {
    return elu(x, this.options.alpha);
  }
}

/** An elu that keeps mean 0 and variance 1, place by place; any shape. See `selu`. */
export class SELU extends Activation {
  readonly type = 'SELU';
  readonly kind = 'selu';

  call(x: Tensor): Tensor {
    return selu(x);
  }
}

/** y = x·Φ(x) with the normal distribution Φ, place by place; any shape. See `gelu`. */
export class GELU extends Activation {
  readonly type = 'GELU';
  readonly kind = 'gelu';
  readonly options: GeluOptions;

  constructor(options: GeluOptions = {}) {
    super();
    this.options = options;
  }

  call(x: Tensor): Tensor {
    return gelu(x, this.options);
  }
}

/** y = x·σ(x) with the sigmoid σ, place by place; any shape. See `silu`. */
export class SiLU extends Activation {
  readonly type = 'SiLU';
  readonly kind = 'silu';

  call(x: Tensor): Tensor {
    return silu(x);
  }
}

/** y = x·tanh(ln(1 + e^x)), place by place; any shape. See `mish`. */
export class Mish extends Activation {
  readonly type = 'Mish';
  readonly kind = 'mish';

  call(x: Tensor): Tensor {
    return mish(x);
  }
}

/** y = ln(1 + e^(beta·x)) / beta, place by place; any shape. See `softplus`. */
export class Softplus extends Activation {
  readonly type = 'Softplus';
  readonly kind = 'softplus';
  readonly options: SoftplusOptions;

  constructor(options: SoftplusOptions = {}) {
    super();
    this.options = options;
  }

  call(x: Tensor): Tensor {
    return softplus(x, this.options);
  }
}

/** y = 1 / (1 + e^-x), place by place; any shape. See `sigmoid`. */
export class Sigmoid extends Activation {
  readonly type = 'Sigmoid';
  readonly kind = 'sigmoid';

  call(x: Tensor): Tensor {
    return sigmoid(x);
  }
}

/** y = x/6 + ½ held between 0 and 1, place by place; any shape. See `hardSigmoid`. */
export class HardSigmoid extends Activation {
  readonly type = 'HardSigmoid';
  readonly kind = 'hardSigmoid';
  readonly options: HardSigmoidOptions;

  constructor(options: HardSigmoidOptions = {}) {
    super();
    this.options = options;
  }

  call(x: Tensor): Tensor {
    return hardSigmoid(x, this.options);
  }
}

/** y = tanh x, place by place; any shape. See `tanh`. */
export class Tanh extends Activation {
  readonly type = 'Tanh';
  readonly kind = 'tanh';

  call(x: Tensor): Tensor {
    return tanh(x);
  }
}

export interface SoftmaxLayerOptions {
  /** The axis of the classes, counted with the batch axis: 1 for `[batch, classes, height, width]`. Default: the last. */
  readonly axis?: number;
}

/** An activation along one axis, which it must find when it is built. */
abstract class AlongAxis extends Activation {
  readonly options: SoftmaxLayerOptions;

  constructor(options: SoftmaxLayerOptions = {}) {
    super();
    this.options = options;
  }

  /** @throws ShapeError when the inputs have no such axis */
  override build(inputShape: Shape, { name }: BuildContext): Shape {
    resolveAxis(name, this.options.axis ?? -1, inputShape.length + 1);
    return inputShape;
  }
}

/**
 * p = e^x / Σ e^x along an axis: probabilities. A model that is trained with `softmaxCrossEntropy` does without, for that
 * loss wants the logits. See `softmax`.
 */
export class Softmax extends AlongAxis {
  readonly type = 'Softmax';
  readonly kind = 'softmax';

  call(x: Tensor): Tensor {
    return softmax(x, this.options.axis);
  }
}

/** y = ln softmax(x) along an axis: logarithms of probabilities, as a loss on log-probabilities wants them. See `logSoftmax`. */
export class LogSoftmax extends AlongAxis {
  readonly type = 'LogSoftmax';
  readonly kind = 'logSoftmax';

  call(x: Tensor): Tensor {
    return logSoftmax(x, this.options.axis);
  }
}
