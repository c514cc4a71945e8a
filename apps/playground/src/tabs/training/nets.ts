import type { Random } from '@tapegrad/core';
import { Conv2d, Dense, Flatten, type Layer, MaxPool2d, ReLU, Sequential } from '@tapegrad/nn';

/** How wide a net is: the filters of its two convolutions and, where it has one, its hidden dense layer. */
interface Widths {
  readonly filters: readonly [number, number];
  readonly hidden?: number;
}

/** The nets to choose from. */
export const nets = {
  tiny: { filters: [4, 8] },
  small: { filters: [8, 16] },
  example: { filters: [12, 24], hidden: 64 },
  wide: { filters: [16, 32], hidden: 128 },
} as const satisfies Readonly<Record<string, Widths>>;

export type NetName = keyof typeof nets;

export const netNames = Object.keys(nets) as NetName[];

/** The widths of a net as people write them: `8 · 16`, `12 · 24 · 64`. */
export function widthsOf(name: NetName): string {
  const { filters, hidden }: Widths = nets[name];
  return [...filters, ...(hidden === undefined ? [] : [hidden])].join(' · ');
}

/** Two 5×5 convolutions, each with relu and 2×2 max pooling, and one or two dense layers, for grey images of 28×28. */
export function buildNet(name: NetName, classes: number, random: Random): Sequential {
  const { filters, hidden }: Widths = nets[name];
  const seeing = filters.flatMap((outChannels): Layer[] => [
    new Conv2d({ outChannels, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
  ]);
  const deciding: Layer[] = hidden === undefined ? [] : [new Dense({ outFeatures: hidden }), new ReLU()];
  return new Sequential([...seeing, new Flatten(), ...deciding, new Dense({ outFeatures: classes })], {
    inputShape: [1, 28, 28],
    random,
  });
}
