import { NonFiniteError } from '../errors.ts';
import { Tape } from '../fusion/tape.ts';
import { wrongKind } from '../kinds.ts';
import { checkSurplus } from '../options/index.ts';
import { Gradients } from '../tape/gradients.ts';
import { hasNonFinite } from '../tape/nonFinite.ts';
import { printStep } from '../tape/print.ts';
import type { Step } from '../tape/step.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * Looks at every number of a step: all that the tape recorded, in order, and the gradients if they are given.
 *
 * @example
 * using tape = new Tape();
 * const loss = sum(square(tape.watch(tensor([1, 2]))));
 * nanCheck(tape, tape.gradients(loss)); // throws where a value or a gradient is not finite
 * @throws NonFiniteError naming the first op in which a NaN or an infinity appeared, its layer, and how many of its numbers
 * are so; or the parameter whose gradient is
 */
export function nanCheck(tape: Tape, gradients?: Gradients, ...surplus: []): void {
  checkSurplus('nanCheck', surplus);
  checkGiven(tape, gradients);
  const first = tape.firstNonFinite();
  if (first) throw appeared(`in ${printStep(first)}`, first, first.output);
  for (const [index, gradient] of gradients?.entries() ?? []) {
    const step = tape.steps[index];
    if (hasNonFinite(gradient)) throw appeared(`in the gradient of ${step.name ?? printStep(step)}`, step, gradient);
  }
}

function checkGiven(tape: unknown, gradients: unknown): void {
  const remedy = 'Give the tape first, then its gradients: `nanCheck(tape, tape.gradients(loss))`';
  if (!(tape instanceof Tape)) throw wrongKind('nanCheck', 'tape', tape, { wanted: 'the tape of a step', remedy });
  if (gradients === undefined || gradients instanceof Gradients) return;
  throw wrongKind('nanCheck', 'gradients', gradients, { wanted: 'gradients of that tape', remedy });
}

function appeared(where: string, step: Step, x: Tensor): NonFiniteError {
  const numbers = Array.from(x.read());
  const count = (isSo: (number: number) => boolean): number => numbers.filter(isSo).length;
  const infinities = count((number) => Math.abs(number) === Infinity);
  const layer = step.layer === undefined ? '' : ` of the layer ${step.layer}`;
  return new NonFiniteError({
    operation: 'nanCheck',
    got: `${count(Number.isNaN)} NaN and ${infinities} infinities among ${numbers.length} numbers first appeared ${where}${layer}`,
    wanted: 'finite numbers throughout',
    remedy:
      'Look at the inputs of that step; a lower learning rate, clipped gradients or the fused form of a loss often help',
  });
}
