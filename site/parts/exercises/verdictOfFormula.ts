import type { Verdict } from '../../chapters/check.ts';
import { checkFormula, type FormulaExercise } from '../../chapters/checkFormula.ts';
import { askFormula } from './askFormula.ts';

/** Looks at a formula that a reader has typed; a worker computes it. */
export const verdictOfFormula = (exercise: FormulaExercise, typed: string): Promise<Verdict> =>
  checkFormula(exercise, typed, askFormula);
