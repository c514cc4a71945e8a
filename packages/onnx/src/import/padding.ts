import type { PadOptions } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { Pad, Reshape } from '@tapegrad/nn';
import { cut } from './slices.ts';
import { alongBatch, type Recipe, recipe, type Translation } from './translate.ts';

/** What is put around an axis, before and behind it; a number below 0 cuts off. */
type Sides = readonly [before: number, after: number];

/**
 * Something around the axes of each example, by a list of all beginnings, then all ends, with the batch axis. What is cut off
 * goes first; around channels it is put as around one more spatial axis.
 */
export function around(translation: Translation, pads: readonly number[], options: PadOptions): readonly Recipe[] {
  const { attributes, inputShape, shelf } = translation;
  const rank = inputShape.length + 1;
  const sides = Array.from({ length: rank }, (_, axis): Sides => [pads[axis], pads[axis + rank]]);
  if (pads.length !== 2 * rank || !pads.every(Number.isSafeInteger)) {
    throw attributes.refuse('pads', `[${pads.slice(0, 16)}]`, `${2 * rank} whole numbers, for ${rank} axes`);
  }
  const [ofBatch, ...own] = sides;
  if (ofBatch.some((count) => count !== 0)) throw alongBatch(translation, `pads [${ofBatch}] of the batch`);
  const cuts = own.map(([before, after], at) => {
    const length = inputShape[at];
    return { axis: at + 1, start: Math.max(0, -before), end: length - Math.max(0, -after), step: 1 };
  });
  const shape = cuts.map(({ start, end }) => end - start);
  if (shape.some((length) => length < 1)) {
    throw attributes.refuse('pads', `[${pads.slice(0, 16)}]`, `a part of [${inputShape}] that is left`);
  }
  const added = own.map((counts): Sides => [Math.max(0, counts[0]), Math.max(0, counts[1])]);
  shelf.spend(sizeOf(shape.map((length, at) => length + added[at][0] + added[at][1])));
  return [...cut(translation, cuts), ...padded(translation, shape, added, options)];
}

function padded(
  translation: Translation,
  shape: readonly number[],
  added: readonly Sides[],
  options: PadOptions,
): readonly Recipe[] {
  const isLarger = (sides: readonly Sides[]): boolean => sides.flat().some((count) => count > 0);
  const [channels, ...spatial] = added;
  if (!isLarger(added)) return [];
  if (!isLarger([channels]) && spatial.length <= 3) return [recipe(() => new Pad({ ...options, padding: spatial }))];
  // One channel, whose first spatial axis the channels are.
  if (added.length > 3) {
    const { attributes, inputShape } = translation;
    throw attributes.refuse(
      'pads',
      `${added.length} axes of [${inputShape}]`,
      'at most three axes around which something is put',
    );
  }
  const whole = shape.map((length, at) => length + added[at][0] + added[at][1]);
  return [
    recipe(() => new Reshape({ shape: [1, ...shape] })),
    recipe(() => new Pad({ ...options, padding: added })),
    recipe(() => new Reshape({ shape: whole })),
  ];
}
