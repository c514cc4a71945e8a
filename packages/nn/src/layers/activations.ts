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
  tanh,
} from '@tapegrad/core';
import {
  celuOptions,
  eluOptions,
  geluOptions,
  hardSigmoidOptions,
  leakyReluOptions,
  softmaxOptions,
  softplusOptions,
} from '@tapegrad/core/authors';
import { operationLayer } from './operationLayer.ts';

/** y = max(x, 0) for each element. See `relu`. */
export class ReLU extends /* @__PURE__ */ operationLayer({ type: 'ReLU', kind: 'relu' }, relu) {}

/** y = min(max(x, 0), 6) for each element. See `relu6`. */
export class ReLU6 extends /* @__PURE__ */ operationLayer({ type: 'ReLU6', kind: 'relu6' }, relu6) {}

/** y = x for x > 0, else slope·x, for each element. See `leakyRelu`. */
export class LeakyReLU extends /* @__PURE__ */ operationLayer<LeakyReluOptions>(
  { type: 'LeakyReLU', kind: 'leakyRelu', options: leakyReluOptions },
  leakyRelu,
) {}

/** y = x for x > 0, else alpha·(e^x - 1), for each element. See `elu`. */
export class ELU extends /* @__PURE__ */ operationLayer<EluOptions>(
  { type: 'ELU', kind: 'elu', options: eluOptions },
  elu,
) {}

/** y = x for x > 0, else alpha·(e^(x/alpha) - 1), for each element. See `celu`. */
export class CELU extends /* @__PURE__ */ operationLayer<CeluOptions>(
  { type: 'CELU', kind: 'celu', options: celuOptions },
  celu,
) {}

/** An elu that keeps mean 0 and variance 1, for each element. See `selu`. */
export class SELU extends /* @__PURE__ */ operationLayer({ type: 'SELU', kind: 'selu' }, selu) {}

/** y = x·Φ(x) with the normal distribution Φ, for each element. See `gelu`. */
export class GELU extends /* @__PURE__ */ operationLayer<GeluOptions>(
  { type: 'GELU', kind: 'gelu', options: geluOptions },
  gelu,
) {}

/** y = x·σ(x) with the sigmoid σ, for each element. See `silu`. */
export class SiLU extends /* @__PURE__ */ operationLayer({ type: 'SiLU', kind: 'silu' }, silu) {}

/** y = x·min(max(x/6 + ½, 0), 1), for each element. See `hardSwish`. */
export class HardSwish extends /* @__PURE__ */ operationLayer({ type: 'HardSwish', kind: 'hardSwish' }, hardSwish) {}

/** y = x·tanh(ln(1 + e^x)), for each element. See `mish`. */
export class Mish extends /* @__PURE__ */ operationLayer({ type: 'Mish', kind: 'mish' }, mish) {}

/** y = ln(1 + e^(beta·x)) / beta, for each element. See `softplus`. */
export class Softplus extends /* @__PURE__ */ operationLayer<SoftplusOptions>(
  { type: 'Softplus', kind: 'softplus', options: softplusOptions },
  softplus,
) {}

/** y = x / (1 + |x|), for each element. See `softsign`. */
export class Softsign extends /* @__PURE__ */ operationLayer({ type: 'Softsign', kind: 'softsign' }, softsign) {}

/** y = 1 / (1 + e^-x), for each element. See `sigmoid`. */
export class Sigmoid extends /* @__PURE__ */ operationLayer({ type: 'Sigmoid', kind: 'sigmoid' }, sigmoid) {}

/** y = alpha·x + beta held between 0 and 1, for each element. See `hardSigmoid`. */
export class HardSigmoid extends /* @__PURE__ */ operationLayer<HardSigmoidOptions>(
  { type: 'HardSigmoid', kind: 'hardSigmoid', options: hardSigmoidOptions },
  hardSigmoid,
) {}

/** y = tanh x, for each element. See `tanh`. */
export class Tanh extends /* @__PURE__ */ operationLayer({ type: 'Tanh', kind: 'tanh' }, tanh) {}

/**
 * p = e^x / Σ e^x along an axis: probabilities. A model that is trained with `softmaxCrossEntropy` does without, for that
 * loss wants the logits. See `softmax`.
 */
export class Softmax extends /* @__PURE__ */ operationLayer<SoftmaxOptions>(
  { type: 'Softmax', kind: 'softmax', options: softmaxOptions },
  softmax,
) {}

/** y = ln softmax(x) along an axis: logarithms of probabilities, as a loss on log-probabilities wants them. See `logSoftmax`. */
export class LogSoftmax extends /* @__PURE__ */ operationLayer<SoftmaxOptions>(
  { type: 'LogSoftmax', kind: 'logSoftmax', options: softmaxOptions },
  logSoftmax,
) {}
