import { formatShape, ShapeError, type Tensor, tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkScorer, type Scorer, scoresOf, type TargetOptions, targetsOf } from './scores.ts';

export interface OcclusionOptions extends TargetOptions {
  /** The height and width of what is covered, in pixels: at least 1. */
  readonly size: number;
  /** How far it is moved from one measurement to the next, in pixels: at least 1. Default: `size`. */
  readonly stride?: number;
  /** The number that covers. Default: 0, the mean of images that were normalised. */
  readonly value?: number;
}

const occlusionOptions: OptionNames<OcclusionOptions> = {
  size: 'required',
  stride: 'optional',
  value: 'optional',
  target: 'optional',
};

/**
 * What the score of a class loses when a square of the image is covered, in all channels, for each square in turn: large
 * where the model looks. Covers that hang over the edge are cut off there.
 *
 * Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014.
 *
 * @param x a batch, `[batch, channels, height, width]`
 * @returns `[batch, rows, columns]`, one number for each square: ⌈height / stride⌉ rows of ⌈width / stride⌉
 * @throws ShapeError when x is no batch of images, or the model does not give `[batch, classes]`
 * @throws ValueError when size or stride is not a whole number of at least 1, or the target is no class
 * @example
 * const model = new Sequential(
 *   [new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU(), new Flatten(), new Dense({ outFeatures: 3 })],
 *   { inputShape: [1, 6, 6], random: new Random(1) },
 * );
 * occlusion(model, zeros([2, 1, 6, 6]), { size: 3 }).shape // [2, 2, 2]
 */
export function occlusion(model: Scorer, x: Tensor, options: OcclusionOptions, ...surplus: []): Tensor {
  checkSurplus('occlusion', surplus);
  const { size, stride = size, value = 0 } = checkOptions('occlusion', options, occlusionOptions);
  checkScorer('occlusion', model, x);
  if (x.rank !== 4) {
    throw new ShapeError({
      operation: 'occlusion',
      got: `x is ${formatShape(x.shape)}`,
      wanted: '[batch, channels, height, width]',
      remedy: 'Give images; a single one needs a batch axis of length 1',
    });
  }
  if (![size, stride].every((each) => Number.isSafeInteger(each) && each >= 1) || !Number.isFinite(value)) {
    throw new ValueError({
      operation: 'occlusion',
      got: `size is ${size}, stride is ${stride}, value is ${value}`,
      wanted: 'whole numbers of at least 1, and a finite value',
      remedy: 'A fifth of the height is a size to begin with',
    });
  }
  const { shape, dtype } = x;
  const [batch, channels, height, width] = shape;
  const numbers = x.toFlatArray();
  const whole = scoresOf('occlusion', model, x);
  const targets = targetsOf('occlusion', whole, options);
  const scoresAt = (scores: Tensor): number[] => {
    const flat = scores.read();
    return targets.map((target, example) => flat[example * scores.shape[1] + target]);
  };
  const before = scoresAt(whole);
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const lost = new Float64Array(batch * rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const covered = numbers.slice();
      const [left, right] = [column * stride, Math.min(width, column * stride + size)];
      for (let plane = 0; plane < batch * channels; plane++) {
        for (let y = row * stride; y < Math.min(height, row * stride + size); y++) {
          covered.fill(value, (plane * height + y) * width + left, (plane * height + y) * width + right);
        }
      }
      const after = scoresAt(scoresOf('occlusion', model, tensor(covered, { shape, dtype })));
      before.forEach((score, example) => {
        lost[(example * rows + row) * columns + column] = score - after[example];
      });
    }
  }
  return tensor(lost, { shape: [batch, rows, columns], dtype });
}
