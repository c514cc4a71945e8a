import {
  formatShape,
  multiply,
  type Parameter,
  type Random,
  type Shape,
  ShapeError,
  type Tensor,
  tensor,
  ValueError,
  where,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, checkTensor, type OptionNames } from '@tapegrad/core/authors';
import { type BuildContext, type CallContext, checkContext, type Layer } from './layer.ts';
import { checkRate } from './rate.ts';
import { isTraining, randomOf } from './trainingMode.ts';

export interface DropBlockOptions {
  /** About how much of each channel is dropped: at least 0, less than 1. Default: 0.1. */
  readonly rate?: number;
  /** The height and the width of the blocks, in pixels. Default: 7. */
  readonly blockSize?: number;
}

const dropBlockOptions: OptionNames<DropBlockOptions> = { rate: 'optional', blockSize: 'optional' };

/**
 * y = x·(count of all / count of kept), and 0 within square blocks that are dropped, in training; y = x otherwise:
 * `[batch, channels, height, width]` to the same shape. Neighbours tell nearly the same, so that a dropped pixel is made up
 * for by its neighbours; a dropped block is not.
 *
 * Each pixel where a whole block can begin starts one with probability γ = rate / blockSize²·(height·width) / ((height -
 * blockSize + 1)·(width - blockSize + 1)), for each channel by itself. Blocks may overlap, so that a little less than the
 * rate is dropped. With a block size of 1 it is dropout, but for the factor, which is counted and not expected.
 *
 * Source: Ghiasi, Lin and Le, "DropBlock: A regularization method for convolutional networks", 2018.
 */
export class DropBlock implements Layer {
  readonly type = 'DropBlock';
  readonly kind = 'dropBlock';
  readonly parameters: readonly Parameter[] = [];
  readonly rate: number;
  readonly blockSize: number;
  #name: string = this.type;

  /** @throws ValueError when the rate is not at least 0 and less than 1, or the block size no whole number of at least 1 */
  constructor(options: DropBlockOptions = {}, ...surplus: []) {
    checkSurplus('DropBlock', surplus);
    const { rate = 0.1, blockSize = 7 } = checkOptions('DropBlock', options, dropBlockOptions);
    checkRate('DropBlock', rate);
    if (!Number.isSafeInteger(blockSize) || blockSize < 1) {
      throw new ValueError({
        operation: 'DropBlock',
        got: `blockSize is ${blockSize}`,
        wanted: 'a whole number of at least 1',
        remedy: 'Leave it out for 7',
      });
    }
    this.rate = rate;
    this.blockSize = blockSize;
  }

  /** @throws ShapeError when the inputs are not images, or smaller than a block */
  build(inputShape: Shape, context: BuildContext): Shape {
    const { name } = checkContext(this, inputShape, context);
    this.#name = name;
    this.#checkImages([1, ...inputShape]);
    return inputShape;
  }

  /**
   * @throws ValueError when x stands on a tape and there is no context, or there are no random numbers in training
   * @throws ShapeError when x is not a batch of images, or they are smaller than a block
   */
  call(x: Tensor, context?: CallContext, ...surplus: []): Tensor {
    checkSurplus(`${this.type}.call`, surplus);
    checkTensor(this.#name, 'x', x);
    this.#checkImages(x.shape);
    if (!isTraining(this.#name, x, context)) return x;
    const random = randomOf(this.#name, context);
    if (this.rate === 0) return x;
    const isKept = this.#draw(x.shape, random);
    const kept = isKept.reduce((total, one) => total + one, 0);
    const mask = tensor(isKept, { shape: x.shape, dtype: x.dtype });
    return where(mask, multiply(x, isKept.length / Math.max(1, kept)), 0);
  }

  /** For each number 1 where it is kept, 0 where it lies in a block: one uniform number for each pixel where one can begin. */
  #draw([batch, channels, height, width]: Shape, random: Random): Uint8Array {
    const { rate, blockSize } = this;
    const [rows, columns] = [height - blockSize + 1, width - blockSize + 1];
    const chance = ((rate / blockSize ** 2) * height * width) / (rows * columns);
    const isKept = new Uint8Array(batch * channels * height * width).fill(1);
    for (let plane = 0; plane < batch * channels; plane++) {
      for (let start = 0; start < rows * columns; start++) {
        if (random.uniform() >= chance) continue;
        const corner = (plane * height + Math.floor(start / columns)) * width + (start % columns);
        for (let row = 0; row < blockSize; row++) {
          isKept.fill(0, corner + row * width, corner + row * width + blockSize);
        }
      }
    }
    return isKept;
  }

  #checkImages(shape: Shape): void {
    const { blockSize } = this;
    if (shape.length === 4 && shape[2] >= blockSize && shape[3] >= blockSize) return;
    throw new ShapeError({
      operation: this.#name,
      got: `inputs of shape ${formatShape(shape.slice(1))}`,
      wanted: `[channels, height, width], without the batch axis, at least ${blockSize} high and wide`,
      remedy: 'Put the layer before Flatten, or use smaller blocks',
    });
  }
}
