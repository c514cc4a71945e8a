import type { Parameter } from '@tapegrad/core';
import { compose, horizontalFlip, randomCrop, type Transform } from '@tapegrad/datasets';
import { Adam, type Checkpoint, type OptimiserLike } from '@tapegrad/nn';
import { MuonWithAdamW } from './muonWithAdamW.ts';
import type { NetName } from './nets.ts';

/** An optimiser that a run can go on with after a pause. */
export interface RunOptimiser extends OptimiserLike {
  state(): Checkpoint['optimiser'];
  load(state: Checkpoint['optimiser']): void;
}

/** What a net is trained by, beside the options of a run; it was chosen together with their defaults. */
export interface Recipe {
  readonly optimiser: (parameters: readonly Parameter[], learningRate: number) => RunOptimiser;
  /** How much of each label is spread over all classes. */
  readonly labelSmoothing: number;
  /** The share of the steps in which the learning rate rises. */
  readonly risingShare: number;
  /** What is done to the images by chance. */
  readonly transform?: Transform;
  /** Whether the filters of the first layer whiten patches of the images, and are not trained. Default: false. */
  readonly isWhitened?: boolean;
  /** Whether test images are seen mirrored as well, as training images are. Default: false. */
  readonly isMirrored?: boolean;
}

/** For digits, in few steps: Adam that looks back on few of them. See docs/mnist.md. */
const forDigits: Recipe = {
  optimiser: (parameters, learningRate) => new Adam(parameters, { learningRate, betas: [0.7, 0.9] }),
  labelSmoothing: 0.1,
  risingShare: 0.3,
};

/** For photographs, which are the same things when they are moved or mirrored. See docs/cifar.md. */
const forPictures: Recipe = {
  optimiser: (parameters, learningRate) => new MuonWithAdamW(parameters, learningRate),
  labelSmoothing: 0.1,
  risingShare: 0.25,
  transform: compose(randomCrop({ padding: 2, beyond: 'edge' }), horizontalFlip()),
  isWhitened: true,
  isMirrored: true,
};

export const recipeOf = (net: NetName): Recipe => (net === 'residual' ? forPictures : forDigits);
