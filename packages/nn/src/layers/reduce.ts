import { logSumExp, max, mean, min, product, type Shape, sum, type Tensor, ValueError } from '@tapegrad/core';
import { checkSurplus, resolveAxis } from '@tapegrad/core/authors';
import type { BuildContext } from './layer.ts';
import { operationLayer } from './operationLayer.ts';
import { batchAxis } from './shapes.ts';

const reductions = { logSumExp, max, mean, min, product, sum };

export interface ReduceOptions {
  /** The reduction. */
  readonly by: 'logSumExp' | 'max' | 'mean' | 'min' | 'product' | 'sum';
  /** Over which axes, counted with the batch, which is 0 and stays; negative ones count from the end. */
  readonly axes: number | readonly number[];
  /** Whether these axes stay, with length 1. Default: false. */
  readonly keepDims?: boolean;
}

/**
 * y = the mean, sum, product, maximum, minimum or ln Σ eˣ of each example over some axes: `{ by: 'mean', axes: 1 }` is the
 * mean over the channels. Over all spatial axes it is a global pooling. See the op of the same name.
 *
 * @example
 * new Reduce({ by: 'max', axes: 1, keepDims: true });
 */
export class Reduce extends /* @__PURE__ */ operationLayer<ReduceOptions>(
  { type: 'Reduce', kind: 'reduce', options: { by: 'required', axes: 'required', keepDims: 'optional flag' } },
  (x: Tensor, { by, axes, keepDims }) => reductions[by](x, { axes, keepDims }),
) {
  /** @throws ValueError when it is none of these */
  constructor(options: ReduceOptions, ...surplus: []) {
    checkSurplus('Reduce', surplus);
    super(options);
    if (Object.hasOwn(reductions, this.options.by)) return;
    throw new ValueError({
      operation: 'Reduce',
      got: `by is ${String(this.options.by)}`,
      wanted: `one of ${Object.keys(reductions).join(', ')}`,
      remedy: "Say it: `new Reduce({ by: 'mean', axes: 1 })`",
    });
  }

  /** @throws ValueError when an axis is that of the batch, or there is none of that number */
  override build(inputShape: Shape, context: BuildContext): Shape {
    const outputShape = super.build(inputShape, context);
    const { axes } = this.options;
    const over = typeof axes === 'number' ? [axes] : axes;
    if (over.every((axis) => resolveAxis(context.name, axis, inputShape.length + 1) !== 0)) return outputShape;
    throw batchAxis(context.name);
  }
}
