import { type Padding, type PadOptions, pad, type Tensor } from '@tapegrad/core';
import { readWindow } from '@tapegrad/core/authors';
import { operationLayer } from './operationLayer.ts';

export interface PadLayerOptions extends PadOptions {
  /** How much is put around: one number for all sides, or a number or `[before, after]` for each spatial axis. */
  readonly padding: Exclude<Padding, 'same' | 'valid'>;
}

/**
 * Puts something around images: `[batch, channels, ...]` to larger spatial axes. See `pad` for the modes. Convolution layers
 * have an option for it, `paddingMode`, as in PyTorch.
 *
 * @example [new Pad({ padding: 1, mode: 'reflect' }), new Conv2d({ outChannels: 8, kernelSize: 3 })]
 */
export class Pad extends operationLayer<PadLayerOptions>(
  { type: 'Pad', kind: 'pad', options: { padding: 'required', value: 'optional', mode: 'optional' } },
  padded,
) {}

function padded(x: Tensor, { padding, ...options }: PadLayerOptions): Tensor {
  const sides = padWindow(padding, x.rank - 2).map(({ before, after }) => [before, after] as const);
  return pad(x, [[0, 0], [0, 0], ...sides], options);
}

/** The window of one pixel by which padding is read, along each spatial axis. */
export function padWindow(padding: Padding, axes: number) {
  const names = [['length'], ['height', 'width'], ['depth', 'height', 'width']][axes - 1] ?? [];
  return readWindow('Pad', 1, names, { padding });
}
