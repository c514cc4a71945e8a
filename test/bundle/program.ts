import { Random, Tape } from '../../packages/core/src/index.ts';
import {
  Adam,
  accuracy,
  Conv2d,
  Dense,
  Flatten,
  fit,
  MaxPool2d,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from '../../packages/nn/src/index.ts';

/** All that a page needs to train the CNN of the README, so that a bundler has to keep it. */
Object.assign(globalThis, {
  program: {
    ...{ Adam, accuracy, Conv2d, Dense, Flatten, fit, MaxPool2d, Random, ReLU, Sequential },
    ...{ softmaxCrossEntropy, Tape },
  },
});
