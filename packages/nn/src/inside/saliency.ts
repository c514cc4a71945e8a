import { abs, detach, Tape, type Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkScorer, onTape, type Scorer, scoresOf, type TargetOptions, totalScore } from './scores.ts';

const saliencyOptions: OptionNames<TargetOptions> = { target: 'optional' };

/**
 * |∂score/∂x|, how much the score of a class changes with each number of an image. Batch normalisation and dropout behave as
 * in use.
 *
 * Source: Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", 2013.
 *
 * @param x a batch, `[batch, channels, height, width]` or what else the model takes
 * @returns the shape of x
 * @throws ShapeError when the model does not give `[batch, classes]`
 * @throws ValueError when the target is no class
 * @example
 * const model = new Sequential(
 *   [new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU(), new Flatten(), new Dense({ outFeatures: 3 })],
 *   { inputShape: [1, 6, 6], random: new Random(1) },
 * );
 * saliency(model, zeros([2, 1, 6, 6]), { target: 1 }).shape // [2, 1, 6, 6]
 */
export function saliency(model: Scorer, x: Tensor, options: TargetOptions = {}, ...surplus: []): Tensor {
  checkSurplus('saliency', surplus);
  checkOptions('saliency', options, saliencyOptions);
  checkScorer('saliency', model, x);
  const tape = new Tape();
  return onTape(tape, () => {
    const watched = tape.watch(x);
    const score = totalScore('saliency', scoresOf('saliency', model, watched), options);
    return abs(detach(tape.gradients(score, { withRespectTo: [watched] }).get(watched)));
  });
}
