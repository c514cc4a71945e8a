import { denseCost } from '../costs/cost.ts';
import { branches, model, sequential, squeezeExcitation } from './blocks.ts';
import { byOptions, type Describe } from './description.ts';
import { residual } from './residual.ts';

/** Sees everything, and multiplies it all. */
const dense = byOptions<{ readonly bias?: boolean }>(({ bias = true }, [inFeatures], [outFeatures]) => ({
  window: 'whole',
  cost: denseCost(inFeatures, outFeatures, bias),
}));

/** The same numbers in another shape. */
const flatten: Describe = () => ({ window: 'position', cost: {} });

/** Looks rows up; there is no image before it, and so no field. */
const embedding: Describe = () => ({ cost: {} });

/** Layers that lead from images to classes, or hold other layers. */
export const structure: readonly (readonly [type: string, describe: Describe])[] = [
  ['Dense', dense],
  ['Flatten', flatten],
  ['Reshape', flatten],
  ['Embedding', embedding],
  ['Residual', residual],
  ['Sequential', sequential],
  ['Branches', branches],
  ['Skip', branches],
  ['SqueezeExcitation', squeezeExcitation],
  ['Model', model],
];
