import {
  type CeluOptions,
  celu,
  type EluOptions,
  elu,
  type GeluOptions,
  gelu,
  type HardSigmoidOptions,
  hardSigmoid,
  hardSwish,
  type LeakyReluOptions,
  leakyRelu,
  logSoftmax,
  mish,
  relu,
  relu6,
  type SoftmaxOptions,
  type SoftplusOptions,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  type Tensor,
  tanh,
} from '@tapegrad/core';
import { type NoOptions, operationLayer } from './operationLayer.ts';

/** A layer that gives as many numbers as it takes, in the same shape, which may be any. */
/* @__NO_SIDE_EFFECTS__ */
function activation<Options extends object = NoOptions>(
  type: string,
  kind: string,
  op: (x: Tensor, options: Options) => Tensor,
) {
  return operationLayer({ type, kind }, op);
}

/** y = max(x, 0) for each element. See `relu`. */
export class ReLU extends activation('ReLU', 'relu', (x) => relu(x)) {}

/** y = min(max(x, 0), 6) for each element. See `relu6`. */
export class ReLU6 extends activation('ReLU6', 'relu6', (x) => relu6(x)) {}

/** y = x for x > 0, else slope·x, for each element. See `leakyRelu`. */
export class LeakyReLU extends activation<LeakyReluOptions>('LeakyReLU', 'leakyRelu', leakyRelu) {}

/** y = x for x > 0, else alpha·(e^x - 1), for each element. See `elu`. */
export class ELU extends activation<EluOptions>('ELU', 'elu', elu) {}

/** y = x for x > 0, else alpha·(e^(x/alpha) - 1), for each element. See `celu`. */
export class CELU extends activation<CeluOptions>('CELU', 'celu', celu) {}

/** An elu that keeps mean 0 and variance 1, for each element. See `selu`. */
export class SELU extends activation('SELU', 'selu', (x) => selu(x)) {}

/** y = x·Φ(x) with the normal distribution Φ, for each element. See `gelu`. */
export class GELU extends activation<GeluOptions>('GELU', 'gelu', gelu) {}

/** y = x·σ(x) with the sigmoid σ, for each element. See `silu`. */
export class SiLU extends activation('SiLU', 'silu', (x) => silu(x)) {}

/** y = x·min(max(x/6 + ½, 0), 1), for each element. See `hardSwish`. */
export class HardSwish extends activation('HardSwish', 'hardSwish', (x) => hardSwish(x)) {}

/** y = x·tanh(ln(1 + e^x)), for each element. See `mish`. */
export class Mish extends activation('Mish', 'mish', (x) => mish(x)) {}

/** y = ln(1 + e^(beta·x)) / beta, for each element. See `softplus`. */
export class Softplus extends activation<SoftplusOptions>('Softplus', 'softplus', softplus) {}

/** y = x / (1 + |x|), for each element. See `softsign`. */
export class Softsign extends activation('Softsign', 'softsign', (x) => softsign(x)) {}

/** y = 1 / (1 + e^-x), for each element. See `sigmoid`. */
export class Sigmoid extends activation('Sigmoid', 'sigmoid', (x) => sigmoid(x)) {}

/** y = x/6 + ½ held between 0 and 1, for each element. See `hardSigmoid`. */
export class HardSigmoid extends activation<HardSigmoidOptions>('HardSigmoid', 'hardSigmoid', hardSigmoid) {}

/** y = tanh x, for each element. See `tanh`. */
export class Tanh extends activation('Tanh', 'tanh', (x) => tanh(x)) {}

/**
 * p = e^x / Σ e^x along an axis: probabilities. A model that is trained with `softmaxCrossEntropy` does without, for that
 * loss wants the logits. See `softmax`.
 */
export class Softmax extends activation<SoftmaxOptions>('Softmax', 'softmax', softmax) {}

/** y = ln softmax(x) along an axis: logarithms of probabilities, as a loss on log-probabilities wants them. See `logSoftmax`. */
export class LogSoftmax extends activation<SoftmaxOptions>('LogSoftmax', 'logSoftmax', logSoftmax) {}
