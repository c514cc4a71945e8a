import type { Shape } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { cellExtent } from '../windows/cellMove.ts';
import { product } from '../working.ts';
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

/** FLOPs = the numbers in all cells: for each cell, one addition less than it has numbers, and a division. */
export function adaptiveAveragingCost(inputShape: Shape, outputShape: Shape): Cost {
  return { flops: product('numbers in all cells', coveredBy(inputShape, outputShape)) };
}

/** comparisons = the numbers in all cells, less one for each: the first of a cell is the largest so far. */
export function adaptiveMaxCost(inputShape: Shape, outputShape: Shape): Cost {
  const [covered, outputs] = [coveredBy(inputShape, outputShape), sizeOf(outputShape)];
  return {
    comparisons: {
      formula: 'numbers in all cells − outputs',
      numbers: `${covered.join('·')} − ${outputShape.join('·')}`,
      value: sizeOf(covered) - outputs,
    },
  };
}

/** How many numbers all cells hold, for channels and along each axis. */
function coveredBy([channels, ...lengths]: Shape, [, ...cells]: Shape): number[] {
  const covered = lengths.map((length, axis) => {
    let total = 0;
    for (let first = 0; first < cells[axis]; first++) total += cellExtent(length, cells[axis], first, 1);
    return total;
  });
  return [channels, ...covered];
}
