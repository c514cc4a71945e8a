import { pow, type Tensor, ValueError } from '@tapegrad/core';
import { checkSurplus } from '@tapegrad/core/authors';
import { operationLayer } from './operationLayer.ts';

export interface PowerOptions {
  /** To which power. */
  readonly exponent: number;
}

/**
 * y = x^exponent for each element; NaN for a negative x and an exponent that is not whole. See `pow`.
 *
 * @example
 * new Power({ exponent: 3 });
 */
export class Power extends /* @__PURE__ */ operationLayer<PowerOptions>(
  { type: 'Power', kind: 'power', options: { exponent: 'required' } },
  (x: Tensor, { exponent }) => pow(x, exponent),
) {
  /** @throws ValueError when the exponent is no number */
  constructor(options: PowerOptions, ...surplus: []) {
    checkSurplus('Power', surplus);
    super(options);
    if (Number.isFinite(this.options.exponent)) return;
    throw new ValueError({
      operation: 'Power',
      got: `exponent is ${String(this.options.exponent)}`,
      wanted: 'a number',
      remedy: 'Say it: `new Power({ exponent: 2 })`',
    });
  }
}
