import type { InterpolateOptions, Shape } from '@tapegrad/core';
import { resizedAxes, sizeOf } from '@tapegrad/core/authors';
import { type PadLayerOptions, padWindow } from '../../layers/pad.ts';
import { type Cost, doubled } from '../costs/cost.ts';
import { resizedMove } from '../windows/resizedMove.ts';
import { slidingMove } from '../windows/slidingMove.ts';
import { byOptions, type Describe } from './description.ts';

/** Sees one neighbour or both, along each axis that changes; an axis that stays moves like a window of one pixel. */
const upsample = byOptions<InterpolateOptions>((options, inputShape, outputShape) => {
  const names = inputShape.slice(1).map((_, axis) => `axis ${axis + 1}`);
  const resized = resizedAxes('Upsample', [1, ...inputShape], names, options);
  return {
    window: resized.map((along, at) =>
      along ? resizedMove(names[at], along, inputShape[1 + at], options) : slidingMove({ ...still, axis: names[at] }),
    ),
    cost: mixingCost(
      inputShape,
      outputShape,
      resized.map((along) => along?.shares != null),
    ),
  };
});

const still = { kernel: 1, stride: 1, dilation: 1, before: 0, after: 0 };

/** Two multiply-accumulates for each number behind each axis along which neighbours are mixed, one axis after the other. */
function mixingCost(inputShape: Shape, outputShape: Shape, isMixed: readonly boolean[]): Cost {
  const sizes: string[] = [];
  let [total, shape] = [0, [...inputShape]];
  isMixed.forEach((mixed, at) => {
    shape = shape.with(1 + at, outputShape[1 + at]);
    if (!mixed) return;
    sizes.push(shape.join('·'));
    total += sizeOf(shape);
  });
  if (sizes.length === 0) return {};
  const multiplyAccumulates = {
    formula: '2·numbers, along each axis',
    numbers: `2·(${sizes.join(' + ')})`,
    value: 2 * total,
  };
  return { multiplyAccumulates, flops: doubled(multiplyAccumulates) };
}

/** Sees its own pixel, which lies further in. */
const padded = byOptions<PadLayerOptions>(({ padding }, [, ...lengths]) => ({
  window: padWindow(padding, lengths.length).map((along) => slidingMove(along)),
  cost: {},
}));

/** Layers that change how large images are, and pool nothing. */
export const resizing: readonly (readonly [type: string, describe: Describe])[] = [
  ['Upsample', upsample],
  ['Pad', padded],
];
