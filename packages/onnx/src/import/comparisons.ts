import { Compare, type CompareOptions, Maximum, Multiply, Where } from '@tapegrad/nn';
import { joined } from './arithmetic.ts';
import { affine, constantly } from './constants.ts';
import type { DataInput, Joining, Recipe, Step, Translate, Translation } from './translate.ts';

/** Operations whose answers are truths: 1 and 0 here. */
export const answers: ReadonlySet<string> = new Set([
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or', 'Not'],
]);

/** Questions, and choices by their answers, by operation. */
export const comparisons: Readonly<Record<string, Translate>> = {
  Equal: (translation) => compared(translation, 'equal'),
  Greater: (translation) => compared(translation, 'greater'),
  GreaterOrEqual: (translation) => compared(translation, 'greaterOrEqual'),
  Less: (translation) => compared(translation, 'greater', true),
  LessOrEqual: (translation) => compared(translation, 'greaterOrEqual', true),
  And: (translation) => ({ ...joined(translation, () => new Multiply()), parts: partsOf(translation) }),
  Or: (translation) => ({ ...joined(translation, () => new Maximum()), parts: partsOf(translation) }),
  /** 1 − x */
  Not: (translation): readonly Step[] =>
    affine(translation, { shape: [], isFixed: true }, { weight: Float64Array.of(-1), bias: Float64Array.of(1) }),
  Where: (translation) => ({ ...joined(translation, () => new Where()), parts: partsOf(translation) }),
};

function compared(translation: Translation, by: CompareOptions['by'], isTurned = false): Joining {
  const parts = partsOf(translation);
  return { ...joined(translation, () => new Compare({ by })), parts: isTurned ? parts.toReversed() : parts };
}

/** All inputs in order: data, and constants as layers that give them for each example. */
export function partsOf(translation: Translation): readonly (DataInput | Recipe)[] {
  return translation.node.inputs.map((name, at) => {
    return translation.data.find(({ index }) => index === at) ?? constantly(translation, name);
  });
}
