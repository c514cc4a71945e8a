import type { Step, Tape, Tensor } from '@tapegrad/core';
import type { NumbersDescription } from '../description/description.ts';
import type { KnownFormulas } from '../formulas/formulasOf.ts';
import { instantiate, type Replacement } from '../formulas/instantiate.ts';
import type { Jacobian, PassedExplanation } from './explanation.ts';
import { jacobianOf, jacobianOfSlopes, slopesOf } from './jacobian.ts';
import { type Meaning, numbersPutIn } from './numbersPutIn.ts';

/** What explains a step: its formulas, and what their letters stand for. */
export interface Explained {
  readonly formulas: KnownFormulas;
  readonly names: readonly Replacement[];
  readonly meanings: readonly Meaning[];
  readonly jacobianLimit: number;
  readonly describe: (x: Tensor) => NumbersDescription;
}

/** What a step passes to one of its inputs: formulas, local derivative in numbers where it is small, and the product. */
export function explainPassed(
  tape: Tape,
  step: Step,
  input: string,
  passed: Tensor,
  { formulas, names, meanings, jacobianLimit, describe }: Explained,
): PassedExplanation {
  const { output } = step;
  const to = step.inputs[input];
  const { shape, size } = tape.steps[to].output;
  const isSmall = output.size * size <= jacobianLimit;
  // Element by element the diagonal is enough, and shown for tensors whose whole Jacobian is not.
  const slopes = formulas.isElementwise && output.size <= jacobianLimit ? slopesOf(tape, step, input) : null;
  const jacobian = (): Jacobian => (slopes ? jacobianOfSlopes(slopes, shape) : jacobianOf(tape, step, input));
  const { derivative, product } = formulas.inputs[input];
  return {
    input,
    to,
    derivative: instantiate(derivative, names),
    derivativeInNumbers: formulas.isElementwise ? numbersPutIn(derivative, names, meanings) : null,
    product: instantiate(product, names),
    slopes: slopes && describe(slopes),
    jacobian: isSmall ? jacobian() : null,
    wasBroadcast: formulas.isElementwise && shape.join() !== output.shape.join(),
    passed: describe(passed),
  };
}
