import { type Random, ValueError } from '@tapegrad/core';
import { nearestName } from '@tapegrad/core/authors';
import {
  BatchNorm,
  Conv2d,
  Dense,
  Flatten,
  GlobalMaxPool2d,
  type Layer,
  MaxPool2d,
  ReLU,
  Residual,
  Sequential,
} from '@tapegrad/nn';

/** 3×3 to images of the same size, without the bias that a batch norm behind it has. */
const convolution = (outChannels: number): Layer => new Conv2d({ outChannels, kernelSize: 3, padding: 1, bias: false });

const normalised = (channels: number): Layer[] => [convolution(channels), new BatchNorm(), new ReLU()];

/** The nets that `--net` chooses from: their layers, for images of so many classes. */
const layersOf = {
  /** The default, chosen together with the recipe: docs/mnist.md. */
  fast: (classes) => [
    new Conv2d({ outChannels: 16, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Conv2d({ outChannels: 32, kernelSize: 3 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new BatchNorm(),
    new Flatten(),
    new Dense({ outFeatures: 128 }),
    new ReLU(),
    new Dense({ outFeatures: classes }),
  ],
  /** The smaller of the two nets of docs/performance.md. */
  small: (classes) => [
    new Conv2d({ outChannels: 8, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Conv2d({ outChannels: 16, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: classes }),
  ],
  /** The larger of them. */
  big: (classes) => [
    new Conv2d({ outChannels: 32, kernelSize: 3 }),
    new ReLU(),
    new Conv2d({ outChannels: 64, kernelSize: 3 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: 128 }),
    new ReLU(),
    new Dense({ outFeatures: classes }),
  ],
  /** For pictures in colour, the default of `pnpm cifar`: docs/cifar.md. */
  residual: (classes) => [
    new Conv2d({ outChannels: 32, kernelSize: 3, padding: 1 }),
    new ReLU(),
    ...[32, 64, 128].flatMap((channels) => [
      convolution(channels),
      new MaxPool2d({ kernelSize: 2 }),
      new BatchNorm(),
      new ReLU(),
      new Residual([...normalised(channels), ...normalised(channels)]),
    ]),
    new GlobalMaxPool2d(),
    new Dense({ outFeatures: classes }),
  ],
} satisfies Readonly<Record<string, (classes: number) => Layer[]>>;

export type NetName = keyof typeof layersOf;

export const netNames = Object.keys(layersOf) as NetName[];

/**
 * The net of that name.
 *
 * @throws ValueError naming the nearest one, when there is none
 */
export function netNamed(name: string): NetName {
  const found = netNames.find((each) => each === name);
  if (found) return found;
  const nearest = nearestName(name, netNames);
  throw new ValueError({
    operation: '--net',
    got: `a net called ${name}`,
    wanted: netNames.join(', '),
    remedy: nearest ? `Perhaps ${nearest} is meant` : 'Leave it out for fast',
  });
}

/** A net for images of the given channels, height and width, 28×28 and grey for MNIST, its weights drawn from `random`. */
export function buildNet(name: NetName, inputShape: readonly number[], classes: number, random: Random): Sequential {
  return new Sequential(layersOf[name](classes), { inputShape, random });
}
