import { abs, divide, erf, exp, log, negate, sign, sqrt, square, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { operationLayer } from './operationLayer.ts';

const operations = { abs, erf, exp, log, negate, reciprocal: (x: Tensor) => divide(1, x), sign, sqrt, square };

/** An operation on each element by itself. */
export type ElementwiseOperation = keyof typeof operations;

export interface ElementwiseOptions {
  /** `abs`, `erf`, `exp`, `log`, `negate`, `reciprocal` (1/x), `sign`, `sqrt` or `square`. */
  readonly operation: ElementwiseOperation;
}

const elementwiseOptions: OptionNames<ElementwiseOptions> = { operation: 'required' };

/**
 * y = f(x) for each element, by a function that is no activation: a step of a formula that stands within a model, as files of
 * ONNX have them. See the op of the same name.
 *
 * @example
 * new Elementwise({ operation: 'exp' });
 */
export class Elementwise extends /* @__PURE__ */ operationLayer<ElementwiseOptions>(
  { type: 'Elementwise', kind: 'elementwise', options: elementwiseOptions },
  (x: Tensor, { operation }) => operations[operation](x),
) {
  /** @throws ValueError when there is no such operation */
  constructor(options: ElementwiseOptions, ...surplus: []) {
    checkSurplus('Elementwise', surplus);
    super(options);
    const { operation } = checkOptions('Elementwise', options, elementwiseOptions);
    if (Object.hasOwn(operations, operation)) return;
    throw new ValueError({
      operation: 'Elementwise',
      got: `the operation ${String(operation)}`,
      wanted: `one of ${Object.keys(operations).join(', ')}`,
      remedy: 'Activations are layers of their own: `new Tanh()`',
    });
  }
}
