import { type DataType, type Parameter, ShapeError, Tensor, type TensorLike, tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { inUse } from '../../layers/trainingMode.ts';
import { softmaxCrossEntropy } from '../../losses/softmaxCrossEntropy.ts';
import { Adam } from '../../optimisers/adam.ts';
import type { GradientSource } from '../../optimisers/optimiser.ts';
import { type Finding, findings } from './finding.ts';
import { independence } from './independence.ts';
import { liveGradients } from './liveGradients.ts';
import { liveUnits } from './liveUnits.ts';
import { type OverfitOneBatch, overfitOneBatch, overfitOneBatchOptions } from './overfitOneBatch.ts';
import { sameBits } from './sameBits.ts';
import { startingLoss } from './startingLoss.ts';
import { samplesOf, type Trainable, type Trial } from './trial.ts';

export interface PreflightOptions {
  /** Makes the model, each time anew from the same seed: the checks train it and throw it away. */
  readonly build: () => Trainable;
  /** Some samples as the model takes them, `[n, …]`: 64 to 256 say enough. */
  readonly inputs: TensorLike;
  /** What belongs to each of them, `[n, …]`: class indices, as a rule. */
  readonly target: TensorLike;
  /** One number for a batch, recorded on the tape of `output`. Default: `softmaxCrossEntropy`. */
  readonly loss?: (output: Tensor, target: Tensor) => Tensor;
  /** The loss of a model that knows nothing. Default: ln classes with the default loss; with another, that check is left out. */
  readonly lossOfGuessing?: number;
  /** Default: Adam with a learning rate of 0.001. */
  readonly optimiser?: (parameters: readonly Parameter[]) => { step(gradients: GradientSource): void };
  /** When one batch counts as overfitted. Default: 32 samples within 200 steps to a loss below 0.01. */
  readonly overfitOneBatch?: Partial<OverfitOneBatch>;
  /** Seed of what is random in training, such as dropout. Default: 1. */
  readonly seed?: number;
}

const preflightOptions: OptionNames<PreflightOptions> = {
  build: 'required',
  inputs: 'required',
  target: 'required',
  loss: 'optional',
  lossOfGuessing: 'optional',
  optimiser: 'optional',
  overfitOneBatch: 'optional',
  seed: 'optional',
};

/**
 * What to look at before a long training, in some seconds: the loss at the start against guessing; a live gradient at
 * each parameter; units that never open; whether one batch can be overfitted, and whether the loss depends on the inputs
 * then; whether each sample's output is the same whatever its batch; same seed, same bits.
 *
 * What tapegrad refuses on the way, such as a loss that is NaN, is a finding as well.
 *
 * @returns one finding for each check, those that passed too
 * @example
 * const findings = preflight({
 *   build: () => new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [2], random: new Random(1) }),
 *   inputs: [[0, 1], [1, 0], [0, 2], [2, 0]],
 *   target: [0, 1, 0, 1],
 * });
 * findings.length > 0 // true
 * @throws ShapeError when there is not one target for each input, or none at all
 * @throws ValueError when `overfitOneBatch` is out of range
 */
export function preflight(options: PreflightOptions, ...surplus: []): readonly Finding[] {
  checkSurplus('preflight', surplus);
  const {
    build,
    loss = softmaxCrossEntropy,
    optimiser = adam,
    seed = 1,
  } = checkOptions('preflight', options, preflightOptions);
  const inputs = asTensor(options.inputs);
  const target = asTensor(options.target, inputs.dtype);
  checkSamples(inputs, target);
  const learning = {
    ...{ samples: 32, steps: 200, loss: 0.01 },
    ...checkOptions('preflight, overfitOneBatch', options.overfitOneBatch, overfitOneBatchOptions),
  };
  checkLearning(learning);
  const trial: Trial = { build, inputs, target, loss, optimiser, seed };
  return [
    ...findings('loss at the start', () => {
      const guessing = options.lossOfGuessing ?? (options.loss ? undefined : Math.log(classesOf(trial)));
      return guessing === undefined ? [] : startingLoss(trial, guessing);
    }),
    ...findings('gradient of each parameter', () => liveGradients(trial)),
    ...findings('units that never open', () => liveUnits(trial)),
    ...findings('overfit one batch', () => overfitOneBatch(trial, learning)),
    ...findings('each sample by itself', () => independence(trial)),
    ...findings('same seed, same bits', () => sameBits(trial)),
  ];
}

const adam = (parameters: readonly Parameter[]): Adam => new Adam(parameters);

function classesOf({ build, inputs }: Trial): number {
  return build().call(samplesOf(inputs, 0, 1), inUse).shape[1];
}

function asTensor(numbers: TensorLike, dtype?: DataType): Tensor {
  return numbers instanceof Tensor ? numbers : tensor(numbers, dtype && { dtype });
}

function checkSamples(inputs: Tensor, target: Tensor): void {
  if (inputs.rank > 0 && target.rank > 0 && inputs.shape[0] === target.shape[0] && inputs.shape[0] > 0) return;
  throw new ShapeError({
    operation: 'preflight',
    got: `inputs of shape [${inputs.shape.join(', ')}] and a target of shape [${target.shape.join(', ')}]`,
    wanted: 'at least one sample along the first axis, and a target for each',
    remedy: 'Give one batch as the training loop sees it',
  });
}

function checkLearning({ samples, steps, loss }: OverfitOneBatch): void {
  const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 1;
  if (isCount(samples) && isCount(steps) && loss > 0) return;
  throw new ValueError({
    operation: 'preflight',
    got: `overfitOneBatch is ${samples} samples, ${steps} steps, a loss of ${loss}`,
    wanted: 'whole numbers of at least 1, and a loss above 0',
    remedy: 'Leave it out for 32 samples, 200 steps, 0.01',
  });
}
