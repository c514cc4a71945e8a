import {
  add,
  batchNorm,
  batchNormTraining,
  detach,
  multiply,
  type NormalisedBatch,
  ones,
  Parameter,
  type Shape,
  type Tensor,
  ValueError,
  zeros,
} from '@tapegrad/core';
import { checkEpsilon, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import {
  type BuildContext,
  type CallContext,
  checkContext,
  checkUnbuilt,
  keptOptions,
  type Layer,
  notBuilt,
} from './layer.ts';
import { LayerBuffer } from './layerBuffer.ts';
import { checkChannels } from './shapes.ts';
import { isTraining } from './trainingMode.ts';

export interface BatchNormLayerOptions {
  /** How far the running statistics move towards those of each batch. Default: 0.1. */
  readonly momentum?: number;
  /** What is added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
  /** Whether the layer learns a weight and a bias for each channel. Default: true. */
  readonly affine?: boolean;
}

const batchNormLayerOptions: OptionNames<BatchNormLayerOptions> = {
  momentum: 'optional',
  epsilon: 'optional',
  affine: 'optional flag',
};

interface Statistics {
  readonly mean: LayerBuffer;
  readonly variance: LayerBuffer;
}

/**
 * y = (x - mean) / √(variance + epsilon)·weight + bias for each channel: `[batch, channels, ...]` to the same shape. In
 * training, mean and variance are those of the batch, and the running ones follow them; otherwise the running ones are
 * used. See `batchNormTraining` and `batchNorm`.
 *
 * runningMean ← (1 - momentum)·runningMean + momentum·mean, and likewise the variance, with n / (n - 1) times the
 * variance of the n numbers of a channel, an unbiased estimate.
 *
 * Parameters: weight `[channels]`, at first 1, and bias `[channels]`, at first 0. Buffers: runningMean `[channels]`, at
 * first 0, and runningVariance `[channels]`, at first 1. As in PyTorch.
 *
 * Source: Ioffe and Szegedy, "Batch Normalization", 2015.
 */
export class BatchNorm implements Layer {
  readonly type = 'BatchNorm';
  readonly kind = 'batchNorm';
  readonly options: BatchNormLayerOptions;
  #name = '';
  private weight: Parameter | undefined;
  private bias: Parameter | undefined;
  private running: Statistics | undefined;

  /** @throws ValueError when the momentum is not from 0 to 1, or epsilon not a number of at least 0 */
  constructor(options: BatchNormLayerOptions = {}, ...surplus: []) {
    checkSurplus('BatchNorm', surplus);
    const { momentum = 0.1, epsilon = 1e-5 } = checkOptions('BatchNorm', options, batchNormLayerOptions);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new ValueError({
        operation: 'BatchNorm',
        got: `momentum is ${momentum}`,
        wanted: 'a number from 0 to 1',
        remedy: 'Leave it out for 0.1: each batch counts a tenth',
      });
    }
    checkEpsilon('BatchNorm', epsilon);
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return [this.weight, this.bias].filter((parameter) => parameter !== undefined);
  }

  /** The running mean and the running variance; none before `build`. */
  get buffers(): readonly LayerBuffer[] {
    return this.running ? [this.running.mean, this.running.variance] : [];
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, dtype } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    checkChannels(name, inputShape);
    const channels = [inputShape[0]];
    this.#name = name;
    this.running = {
      mean: new LayerBuffer(`${name}.runningMean`, zeros(channels, { dtype })),
      variance: new LayerBuffer(`${name}.runningVariance`, ones(channels, { dtype })),
    };
    if (this.options.affine ?? true) {
      this.weight = new Parameter(`${name}.weight`, ones(channels, { dtype }));
      this.bias = new Parameter(`${name}.bias`, zeros(channels, { dtype }));
    }
    return inputShape;
  }

  /**
   * @throws ValueError when x stands on a tape and there is no context, or a channel has one number only in training
   * @throws ShapeError when x has other channels
   */
  call(x: Tensor, context?: CallContext, ...surplus: []): Tensor {
    checkSurplus(`${this.type}.call`, surplus);
    if (!this.running) throw notBuilt(this.kind);
    const affine = { weight: this.weight, bias: this.bias, epsilon: this.options.epsilon ?? 1e-5 };
    if (!isTraining(this.#name, x, context)) {
      const [mean, variance] = [this.running.mean.value, this.running.variance.value];
      return batchNorm(x, { mean, variance, ...affine });
    }
    const batch = batchNormTraining(x, affine);
    this.#follow(this.running, batch);
    return batch.output;
  }

  #follow(running: Statistics, { mean, variance, count }: NormalisedBatch): void {
    const { momentum = 0.1 } = this.options;
    const move = (buffer: LayerBuffer, seen: Tensor): void => {
      buffer.assign(add(multiply(buffer.value, 1 - momentum), multiply(seen, momentum)));
    };
    move(running.mean, detach(mean));
    move(running.variance, multiply(detach(variance), count / (count - 1)));
  }
}
