import { formatShape, type Shape } from '../../tensor/shape.ts';

/**
 * How to bring the channels of x to the front, where they stand last: of a batch `transpose(x, [0, 3, 1, 2])`; of a single
 * input, which has no batch axis, that and a `reshape`. A reshape alone would mix up pixels and channels.
 *
 * @param hasBatch whether the first axis of x counts the inputs of a batch
 */
export function channelsFirst(x: Shape, hasBatch: boolean): string {
  const last = x.length - 1;
  const first = hasBatch ? 1 : 0;
  const order = [last, ...x.map((_, axis) => axis).slice(first, last)];
  if (hasBatch) return `transpose(x, ${formatShape([0, ...order])})`;
  return `reshape(transpose(x, ${formatShape(order)}), ${formatShape([1, ...order.map((axis) => x[axis])])})`;
}

/** Whether x looks like a single input whose channels come last, as `[32, 32, 3]`: few of them, behind longer axes. */
export function looksChannelsLast(x: Shape, spatialAxes: number): boolean {
  const channels = x[x.length - 1];
  return x.length === 1 + spatialAxes && channels <= 4 && x.slice(0, -1).every((length) => length > channels);
}
