export { constant, numberOf, scaled } from './constant.ts';
export {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
  transposedConvolution,
} from './convolution.ts';
export { cotangentLetter, type Elementwise, elementwise } from './elementwise.ts';
export { cases, equation, type Formula, formula, letter, loss, one, partial, words, zero } from './formula.ts';
export { addUp, putBack, taken } from './indexed.ts';
export { between, type Moved, moved, shapeIn } from './moved.ts';
export { averaged, type Pooled, pooled, sharedOut } from './pooled.ts';
export { countOf, over, type Reduced, reduced } from './reduced.ts';
export type { FormulaTable, InputFormulas, StepFacts, StepFormulas } from './stepFormulas.ts';
export { isOneWhere, type Structural, structural } from './structural.ts';
