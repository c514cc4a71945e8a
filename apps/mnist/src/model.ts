import type { Random } from '@tapegrad/core';
import { Conv2d, Dense, Flatten, MaxPool2d, ReLU, Sequential } from '@tapegrad/nn';

/**
 * A small CNN for images of the given channels, height and width, 28×28 and grey for MNIST: two convolutions, each with relu and max pooling, and two dense layers. How wide
 * they are was chosen together with the other defaults; see docs/mnist.md.
 */
export function smallCNN(inputShape: readonly number[], classes: number, random: Random): Sequential {
  return new Sequential(
    [
      new Conv2d({ outChannels: 12, kernelSize: 5 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2 }),
      new Conv2d({ outChannels: 24, kernelSize: 5 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2 }),
      new Flatten(),
      new Dense({ outFeatures: 64 }),
      new ReLU(),
      new Dense({ outFeatures: classes }),
    ],
    { inputShape, random },
  );
}
