import { sizeOf } from '@tapegrad/core/authors';
import type { ReduceOptions } from '../../layers/reduce.ts';
import type { SliceOptions } from '../../layers/slice.ts';
import type { TakeLayerOptions } from '../../layers/take.ts';
import { denseCost } from '../costs/cost.ts';
import { averagePoolingCost, maxPoolingCost } from '../costs/poolingCost.ts';
import { branches, model, residual, sequential, squeezeExcitation } from './blocks.ts';
import { byOptions, type Describe } from './description.ts';

/** Sees everything, and multiplies it all. */
const dense = byOptions<{ readonly bias?: boolean }>(({ bias = true }, inputShape, outputShape) => {
  const [inFeatures, outFeatures] = [inputShape, outputShape].map((shape) => shape[shape.length - 1]);
  const rows = inputShape.slice(0, -1);
  if (rows.length === 0) return { window: 'whole', cost: denseCost(inFeatures, outFeatures, bias) };
  return { cost: denseCost(inFeatures, outFeatures, bias, rows) };
});

/** The same numbers in another shape. */
const flatten: Describe = () => ({ window: 'position', cost: {} });

/** Looks rows up; there is no image before it, and so no field. */
const embedding: Describe = () => ({ cost: {} });

/** The same for each example, whatever comes in: nothing is calculated. */
const constant: Describe = () => ({ cost: {} });

/** The same numbers at other positions: what is seen from there is unknown. */
const permute: Describe = () => ({ cost: {} });

/** Some of the same numbers; of channels, those at the same position. */
const slice = byOptions<SliceOptions | TakeLayerOptions>(({ axis }, { length }) => {
  const along = axis < 0 ? axis + length + 1 : axis;
  return along === 1 ? { window: 'position', cost: {} } : { cost: {} };
});

/** As a pooling of all numbers along the axes. */
const reduce = byOptions<ReduceOptions>(({ by, axes, keepDims = false }, inputShape, outputShape) => {
  const isCompared = by === 'max' || by === 'min';
  const size = sizeOf(inputShape) / sizeOf(outputShape);
  const cost = isCompared ? maxPoolingCost(outputShape, [size]) : averagePoolingCost(outputShape, [size]);
  const isOfChannels = keepDims && [axes].flat().every((axis) => axis === 1);
  return isOfChannels ? { window: 'position', cost } : { cost };
});

/** Layers that lead from images to classes, or hold other layers. */
export const structure: readonly (readonly [type: string, describe: Describe])[] = [
  ['Dense', dense],
  ['Flatten', flatten],
  ['Reshape', flatten],
  ['Constant', constant],
  ['Broadcast', permute],
  ['Permute', permute],
  ['Slice', slice],
  ['Take', slice],
  ['Reduce', reduce],
  ['Embedding', embedding],
  ['Residual', residual],
  ['Sequential', sequential],
  ['Branches', branches],
  ['Skip', branches],
  ['SqueezeExcitation', squeezeExcitation],
  ['Model', model],
];
