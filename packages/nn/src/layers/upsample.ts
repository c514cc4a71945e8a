import { type InterpolateOptions, interpolate } from '@tapegrad/core';
import { interpolateOptions } from '@tapegrad/core/authors';
import { operationLayer } from './operationLayer.ts';

/**
 * Images at another size, usually a larger one: `[batch, channels, ...]` with one to three spatial axes to `[batch, channels,
 * ...size]`, by repeating pixels (`nearest`, the default) or mixing neighbours (`bilinear`). See `interpolate` for the formulas and
 * what `alignCorners` means.
 */
export class Upsample extends operationLayer<InterpolateOptions>(
  { type: 'Upsample', kind: 'upsample', options: interpolateOptions },
  interpolate,
) {}
