import { detach, type Step, Tape, type Tensor, zeros } from '@tapegrad/core';
import type { LongForm } from '../longForms/longForm.ts';
import { longFormsOf } from '../longForms/longFormsOf.ts';
import { agreementOf } from './agreement.ts';
import type { Explanation, LongFormExplanation } from './explanation.ts';

/** A step of the way back, as the walk met it, and the tensors it was computed from. */
export interface ProvedStep {
  readonly step: Step;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly cotangent: Tensor;
  readonly passed: Readonly<Record<string, Tensor>>;
}

/** Explains the chain that was recorded on a tape of its own, back from the cotangent. */
export type ExplainChain = (tape: Tape, output: Tensor, cotangent: Tensor) => Explanation;

/**
 * The step once more, in elementary steps: they are recorded on a tape of their own from copies of the same inputs in the
 * same type, and walked back from a copy of the same cotangent. Value and gradients of both are compared, in units in the
 * last place. An op that is elementary has no long form.
 */
export function proveByLongForms(proved: ProvedStep, explainChain: ExplainChain): LongFormExplanation[] {
  const forms = longFormsOf(proved.step.operation, proved.inputs, proved.step.attributes);
  return forms.flatMap((form) => prove(form, proved, explainChain) ?? []);
}

function prove(
  form: LongForm,
  { step, inputs, cotangent, passed }: ProvedStep,
  explainChain: ExplainChain,
): LongFormExplanation | undefined {
  using tape = new Tape();
  const copies: Record<string, Tensor> = {};
  for (const [name, input] of Object.entries(inputs)) {
    copies[name] = name in passed ? tape.watch(detach(input), name) : tape.constant(detach(input), name);
  }
  const output = form.compute(copies, step.attributes);
  if (output.shape.join() !== step.output.shape.join()) return undefined;
  const g = tape.constant(detach(cotangent));
  const gradients = tape.gradients(output, { cotangent: g, nonFinite: 'allow' });
  const compared = Object.entries(passed).map(([name, fused]) => {
    const copy = copies[name];
    return [
      name,
      agreementOf(fused, gradients.has(copy) ? gradients.get(copy) : zeros(copy.shape, { dtype: copy.dtype })),
    ] as const;
  });
  return {
    title: form.title,
    value: agreementOf(step.output, output),
    gradients: Object.fromEntries(compared),
    derivation: explainChain(tape, output, g),
  };
}
