import { Elementwise, type ElementwiseOperation, Reduce, type ReduceOptions } from '@tapegrad/nn';
import { globalPooling } from './globalPoolings.ts';
import { alongBatch, axesOf, type Recipe, recipe, type Translate, type Translation } from './translate.ts';

/** Many numbers as one, by operation. */
export const reductions: Readonly<Record<string, Translate>> = {
  ReduceMean: (translation) => reduced(translation, 'mean'),
  ReduceMax: (translation) => reduced(translation, 'max'),
  ReduceMin: (translation) => reduced(translation, 'min'),
  ReduceSum: (translation) => reduced(translation, 'sum'),
  ReduceProd: (translation) => reduced(translation, 'product'),
  ReduceLogSumExp: (translation) => reduced(translation, 'logSumExp'),
  ReduceL1: (translation) => between(translation, 'abs'),
  ReduceL2: (translation) => between(translation, 'square', 'sqrt'),
  ReduceSumSquare: (translation) => between(translation, 'square'),
};

/** The sum of a function of each number, and a function of that. */
function between(translation: Translation, before: ElementwiseOperation, behind?: ElementwiseOperation) {
  const sum = reduced(translation, 'sum');
  const of = (operation: ElementwiseOperation) => recipe(() => new Elementwise({ operation }));
  return [of(before), ...(sum ? [sum] : []), ...(behind ? [of(behind)] : [])];
}

/** Over all spatial axes a global pooling, if there is one; `undefined` for nothing at all. */
function reduced(translation: Translation, by: ReduceOptions['by']): Recipe | undefined {
  const { attributes, inputShape } = translation;
  const keepDims = attributes.whole('keepdims', 1) !== 0;
  const isKept = attributes.whole('noop_with_empty_axes', 0) !== 0;
  const axes = [...axesOf(translation, [])].sort((a, b) => a - b);
  if (axes.length === 0 && isKept) return undefined;
  if (axes.length === 0 || axes[0] < 1) throw alongBatch(translation, `a ${by} over the batch`);
  const spatial = inputShape.length - 1;
  const Global = globalPooling(by, spatial);
  if (Global && axes.length === spatial && axes[0] === 2) return recipe(() => new Global({ keepDims }));
  return recipe(() => new Reduce({ by, axes, keepDims }));
}
