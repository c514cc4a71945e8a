import { conv2d, convTranspose2d, flip, pad, type Tensor, tensor } from '@tapegrad/core';
import type { Grid, View } from './view.ts';

/** ∂L/∂x of a convolution, by sliding the turned kernel over g. */
export interface Flip {
  /** The kernel, turned by 180°. */
  readonly turned: Grid;
  /** g with zeros between its numbers, for a stride of 2, and around them. */
  readonly spread: Grid;
  /** The turned kernel slid over it, one pixel at a time: as large as x. */
  readonly slid: Grid;
}

/**
 * Why the kernel turns: with s the stride, p the padding and k the size of the kernel, ∂L/∂x is the turned kernel slid over g,
 * with s - 1 zeros between the numbers of g and k - 1 - p around them.
 */
export function flipOf({ form, operands, cotangent }: View): Flip | undefined {
  const [x, weight] = operands;
  if (form.layer !== 'convolution' || weight === undefined) return undefined;
  const [kernel, stride, padding] = [weight.columns, Number(form.stride), Number(form.padding)];
  const turned = flip(planeOf(weight), { axes: [2, 3] });
  // A kernel of one 1 puts the numbers of g a stride apart, and zeros between them.
  const apart = convTranspose2d(planeOf(cotangent), [[[[1]]]], { stride });
  const around = kernel - 1 - padding;
  // What the last window did not reach, where the stride leaves something over.
  const [below, beside] = [2, 3].map(
    (axis) => x[axis === 2 ? 'rows' : 'columns'] + kernel - 1 - around - apart.shape[axis],
  );
  const spread = pad(apart, [
    [0, 0],
    [0, 0],
    [around, below],
    [around, beside],
  ]);
  return { turned: gridOf(turned), spread: gridOf(spread), slid: gridOf(conv2d(spread, turned)) };
}

const planeOf = ({ rows, columns, numbers }: Grid): Tensor =>
  tensor(numbers, { shape: [1, 1, rows, columns], dtype: 'float64' });

const gridOf = (x: Tensor): Grid => ({ rows: x.shape[2], columns: x.shape[3], numbers: Array.from(x.read()) });
