import { full } from '@tapegrad/core';
import { drawn, type Initialiser } from './draw.ts';

/** Weights, or a bias, of one number over and over. */
export function constantInitialiser(value: number): Initialiser {
  return ({ shape, dtype }) => full(shape, value, { dtype });
}

/** Weights from N(mean, deviation²), whatever their shape. Default: mean 0, deviation 1. */
export function normalInitialiser({
  mean = 0,
  deviation = 1,
}: {
  readonly mean?: number;
  readonly deviation?: number;
} = {}): Initialiser {
  return (options) => drawn(options, () => options.random.normal(mean, deviation));
}

/** Weights from U(low, high), whatever their shape. Default: from 0 to 1. */
export function uniformInitialiser({
  low = 0,
  high = 1,
}: {
  readonly low?: number;
  readonly high?: number;
} = {}): Initialiser {
  return (options) => drawn(options, () => options.random.uniform(low, high));
}
