import { type ClampOptions, clamp } from '@tapegrad/core';
import { operationLayer } from './operationLayer.ts';

/**
 * y = min(max(x, min), max) for each element: PyTorch's Hardtanh. See `clamp`.
 *
 * @example
 * new Clamp({ min: -1, max: 1 });
 */
export class Clamp extends /* @__PURE__ */ operationLayer<ClampOptions>(
  { type: 'Clamp', kind: 'clamp', options: { min: 'optional', max: 'optional' } },
  clamp,
) {}
