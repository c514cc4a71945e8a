import { reshape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { operationLayer } from './operationLayer.ts';

/** Lays each sample out as one row: `[batch, channels, height, width]` to `[batch, channels·height·width]`. */
export class Flatten extends operationLayer({ type: 'Flatten', kind: 'flatten' }, (x) =>
  reshape(x, [x.shape[0], sizeOf(x.shape.slice(1))]),
) {}
