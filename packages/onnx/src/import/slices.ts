import { Slice, Take } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { alongBatch, type Recipe, recipe, resolved, type Translate, type Translation } from './translate.ts';

/** Parts of a value, by operation. */
export const slices: Readonly<Record<string, Translate>> = {
  Slice: (translation) => {
    const { node, inputShape } = translation;
    const starts = numbers(translation, 1, 'starts') ?? [];
    const ends = numbers(translation, 2, 'ends') ?? [];
    const axes = numbers(translation, 3, 'axes') ?? starts.map((_, at) => at);
    const steps = numbers(translation, 4, 'steps') ?? starts.map(() => 1);
    const isWhole = [ends, axes, steps].every((list) => list.length === starts.length);
    if (!isWhole || steps.includes(0)) {
      throw new OnnxError({
        operation: node.label,
        got: `starts [${starts}], ends [${ends}], axes [${axes}], steps [${steps}]`,
        wanted: 'as many of each, and steps other than 0',
        remedy: 'Replace the layer before the export',
      });
    }
    const cuts = starts.map((start, at) => ({
      ...{ axis: resolved(axes[at], inputShape), start, end: ends[at], step: steps[at] },
    }));
    return cut(translation, cuts);
  },
  /** Of the parts along an axis, the one for which the node stands. */
  Split: (translation) => {
    const { node, attributes, inputShape } = translation;
    const axis = resolved(attributes.whole('axis', 0), inputShape);
    if (axis < 1 || axis > inputShape.length) throw alongBatch(translation, `a division along axis ${axis}`);
    const { index, count } = node.share ?? { index: 0, count: 1 };
    const given = numbers(translation, 1, 'split');
    attributes.ignore('num_outputs');
    const length = inputShape[axis - 1];
    const each = Math.ceil(length / count);
    const lengths = given ?? Array.from({ length: count }, (_, at) => Math.min(each, length - at * each));
    const isWhole = lengths.length === count && lengths.every((part) => part >= 1);
    if (!isWhole || lengths.reduce((total, part) => total + part, 0) !== length) {
      throw attributes.refuse('split', `[${lengths.slice(0, 8)}]`, `${count} lengths that are ${length} in all`);
    }
    const start = lengths.slice(0, index).reduce((total, part) => total + part, 0);
    return cut(translation, [{ axis, start, end: start + lengths[index], step: 1 }]);
  },
};

/** What is kept of one axis, counted with the batch axis. */
interface Cut {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** A layer for each axis of which something is left out. */
export function cut(translation: Translation, cuts: readonly Cut[]): readonly Recipe[] {
  const { inputShape } = translation;
  return cuts.flatMap(({ axis, start, end, step }) => {
    const length = axis === 0 ? Infinity : inputShape[axis - 1];
    if (step < 0 && axis > 0) return [recipe(() => new Take({ axis, indices: backwards(start, end, step, length) }))];
    const isAll = step === 1 && (start === 0 || start <= -length) && end >= Math.min(length, 2 ** 31 - 1);
    if (isAll) return [];
    if (axis === 0) throw alongBatch(translation, 'a part of the batch');
    const options = {
      axis,
      ...(start === 0 ? {} : { start }),
      ...(end >= length ? {} : { end }),
      ...(step === 1 ? {} : { step }),
    };
    return [recipe(() => new Slice(options))];
  });
}

/** The indices from `start` down to, not including, `end`. */
function backwards(start: number, end: number, step: number, length: number): readonly number[] {
  const position = (index: number): number => Math.min(length - 1, Math.max(-1, index < 0 ? index + length : index));
  const [first, last] = [position(start), position(end)];
  const count = Math.max(0, Math.ceil((first - last) / -step));
  return Array.from({ length: count }, (_, at) => first + at * step);
}

/** A list of whole numbers: an input, since opset 10 or later, or an option before. */
function numbers(translation: Translation, at: number, name: string): readonly number[] | undefined {
  const { node, attributes } = translation;
  if (!node.inputs[at]) return attributes.bounds(name);
  const values = translation.shapeValue(node.inputs[at]);
  return values.map((value) => {
    if (typeof value === 'number') return value;
    throw alongBatch(translation, `${name} that depend on the size of the batch`);
  });
}
