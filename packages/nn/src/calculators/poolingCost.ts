import type { Shape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import type { Cost } from './cost.ts';

/** comparisons = outputs·(window − 1): the first number of a window is the largest so far, each other is compared with it. */
export function maxPoolingCost(outputShape: Shape, kernel: readonly number[]): Cost {
  const outputs = outputShape.join('·');
  const value = sizeOf(outputShape) * (sizeOf(kernel) - 1);
  return { comparisons: { formula: 'outputs·(window − 1)', numbers: `${outputs}·(${kernel.join('·')} − 1)`, value } };
}

/** FLOPs = outputs·window: window − 1 additions and a division. A window that hangs over an edge counts as whole. */
export function averagePoolingCost(outputShape: Shape, kernel: readonly number[]): Cost {
  const numbers = [...outputShape, ...kernel].join('·');
  return { flops: { formula: 'outputs·window', numbers, value: sizeOf(outputShape) * sizeOf(kernel) } };
}
