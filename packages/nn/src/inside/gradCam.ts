import {
  detach,
  formatShape,
  interpolate,
  mean,
  multiply,
  relu,
  ShapeError,
  sum,
  Tape,
  type Tensor,
  ValueError,
} from '@tapegrad/core';
import { checkOptions, checkSurplus, inJson, type OptionNames } from '@tapegrad/core/authors';
import { checkScorer, onTape, type Scorer, scoresOf, type TargetOptions, totalScore } from './scores.ts';

export interface GradCamOptions extends TargetOptions {
  /** The layer whose maps are looked at, by name: usually the last one with spatial axes, `conv3` or `relu3`. */
  readonly layer: string;
}

const gradCamOptions: OptionNames<GradCamOptions> = { layer: 'required', target: 'optional' };

/**
 * Where in an image the maps A of a layer speak for a class: relu(Σ_k α_k·A_k), where α_k is the mean of ∂score/∂A_k over
 * the pixels of the map k, brought to the size of the image by bilinear interpolation.
 *
 * Source: Selvaraju, Cogswell, Das, Vedantam, Parikh and Batra, "Grad-CAM", 2017.
 *
 * @param x a batch, `[batch, channels, height, width]`
 * @returns `[batch, height, width]`
 * @throws ShapeError when x is no batch of images, the layer gives none, or the model does not give `[batch, classes]`
 * @throws ValueError when there is no layer of that name, or the target is no class
 * @example
 * const model = new Sequential(
 *   [new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU(), new Flatten(), new Dense({ outFeatures: 3 })],
 *   { inputShape: [1, 6, 6], random: new Random(1) },
 * );
 * gradCam(model, zeros([2, 1, 6, 6]), { layer: 'relu1' }).shape // [2, 6, 6]
 */
export function gradCam(model: Scorer, x: Tensor, options: GradCamOptions, ...surplus: []): Tensor {
  checkSurplus('gradCam', surplus);
  const { layer } = checkOptions('gradCam', options, gradCamOptions);
  checkScorer('gradCam', model, x);
  if (x.rank !== 4) throw noImages(`x is ${formatShape(x.shape)}`);
  const tape = new Tape();
  return onTape(tape, () => {
    // Watched, so that there is a way back through layers without parameters too.
    const score = totalScore('gradCam', scoresOf('gradCam', model, tape.watch(x)), options);
    const maps = outputOf(tape, layer);
    if (maps.rank !== 4) throw noImages(`the layer ${layer} gives ${formatShape(maps.shape)}`);
    const slopes = tape.gradients(score, { withRespectTo: [maps] }).get(maps);
    const weights = mean(detach(slopes), { axes: [2, 3], keepDims: true });
    const spoken = relu(sum(multiply(weights, detach(maps)), { axes: [1], keepDims: true }));
    const size = x.shape.slice(2);
    return sum(interpolate(spoken, { mode: 'bilinear', size }), { axes: [1] });
  });
}

/** What a layer gave, or a block of layers: the output of the last op that it did. */
function outputOf(tape: Tape, layer: string): Tensor {
  const step = tape.steps.findLast(({ layer: name = '' }) => name === layer || name.startsWith(`${layer}.`));
  if (step) return step.output;
  const names = [...new Set(tape.steps.flatMap(({ layer: name }) => (name === undefined ? [] : [name])))];
  throw new ValueError({
    operation: 'gradCam',
    got: `the layer ${inJson(layer)}`,
    wanted: `one of ${names.join(', ')}`,
    remedy: 'Name the last layer that gives images, as `summary(model)` lists them',
  });
}

function noImages(got: string): ShapeError {
  return new ShapeError({
    operation: 'gradCam',
    got,
    wanted: '[batch, channels, height, width]',
    remedy: 'Give images, and a layer before they are flattened',
  });
}
