import { NonFiniteError, TapeError } from '../errors.ts';
import { checkList, wrongKind } from '../kinds.ts';
import type { OptionNames } from '../options/index.ts';
import type { TensorLike } from '../tensor/create.ts';
import { checkTensor } from '../tensor/kinds.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { firstCotangent } from './firstCotangent.ts';
import { firstNonFiniteBehind, hasNonFinite } from './nonFinite.ts';
import { printStep } from './print.ts';
import { otherTape, type Recording } from './recording.ts';
import type { Step } from './step.ts';
import { type BackwardStep, walkBackward } from './walk.ts';

export interface GradientOptions {
  /**
   * What to differentiate by. Default: every parameter and watched tensor of the tape. Any tensor of the tape may be
   * named, an intermediate one such as the logits too.
   */
  readonly withRespectTo?: readonly Tensor[];
  /** Writes the way back onto the tape too, so that the gradients can be differentiated again. Default: false. */
  readonly differentiable?: boolean;
  /** ∂L/∂output for an output that is not one number: a tensor, or numbers of its shape. Default: 1, for an output that is. */
  readonly cotangent?: TensorLike;
  /** What to do about a NaN or infinite output, or a NaN among the gradients: throw an error, or go on with it. Default: `throw`. */
  readonly nonFinite?: 'throw' | 'allow';
}

/** Those of `stepBackward`, which writes nothing on the tape. */
export const stepBackwardOptions: OptionNames<Omit<GradientOptions, 'differentiable'>> = {
  withRespectTo: 'optional',
  cotangent: 'optional',
  nonFinite: 'optional',
};

export const gradientOptions: OptionNames<GradientOptions> = {
  withRespectTo: 'optional',
  differentiable: 'optional flag',
  cotangent: 'optional',
  nonFinite: 'optional',
};

/** The walk from `output` to what is wanted, ready to begin: everything is checked. */
export function checkedWalk(
  recording: Recording,
  output: Tensor,
  { withRespectTo, cotangent, nonFinite = 'throw', differentiable = false }: GradientOptions,
): Generator<BackwardStep, void> {
  checkTensor('gradients', 'the loss', output, 'Compute it from tensors of this tape');
  if (nonFinite !== 'throw' && nonFinite !== 'allow') {
    throw wrongKind('gradients', 'nonFinite', nonFinite, {
      wanted: "'throw' or 'allow'",
      remedy: "Leave it out for 'throw'",
    });
  }
  if (withRespectTo !== undefined)
    checkList('gradients', 'withRespectTo', withRespectTo, {
      wanted: 'a list of tensors',
      remedy: 'Put what to differentiate by into a list: `withRespectTo: [x]`',
    });
  const last = lastStep(recording, output);
  checkParameters(recording);
  if (nonFinite === 'throw') checkFinite(recording, last);
  const sources = withRespectTo?.map((x) => stepOf(recording, x));
  const isWanted = isReachedFrom(recording, sources);
  if (!isWanted[last.index]) throw nothingLeadsTo(last, sources !== undefined);
  return walkBackward(recording.steps, last, firstCotangent(recording, output, cotangent, differentiable), isWanted);
}

/** For each step, whether a wanted source leads to it: the walk skips all others. */
function isReachedFrom(recording: Recording, sources: readonly Step[] | undefined): boolean[] {
  if (sources === undefined) return recording.steps.map((step) => step.needsGradient);
  const isWanted: boolean[] = [];
  for (const step of recording.steps) {
    const passesOn = Object.entries(step.inputs).some(([name, from]) => step.vjps[name] !== null && isWanted[from]);
    isWanted.push(passesOn || sources.includes(step));
  }
  return isWanted;
}

/** Whether anything of `output` comes from `x`, on the tape that recorded both. */
export function leadsTo(recording: Recording, x: Tensor, output: Tensor): boolean {
  const [from, to] = [recording.indexOf(x), recording.indexOf(output)];
  return from !== undefined && to !== undefined && isReachedFrom(recording, [recording.steps[from]])[to];
}

function lastStep(recording: Recording, output: Tensor): Step {
  recording.checkRuns('gradients');
  const index = recording.indexOf(output);
  if (index !== undefined) return recording.steps[index];
  if (output.tape !== null && output.tape !== recording.tape) throw otherTape('gradients', output);
  throw new TapeError({
    operation: 'gradients',
    got: `a loss of shape ${formatShape(output.shape)} that this tape never heard of`,
    wanted: 'a loss computed from tensors of this tape',
    remedy: 'Bring the inputs onto it, `model.call(tape.constant(images))`, or the parameters, `tape.watch(weight)`',
  });
}

/** The step of a tensor that is to be differentiated by. */
export function stepOf(recording: Recording, x: Tensor): Step {
  checkTensor('gradients', 'x of withRespectTo', x, 'Give what `tape.watch(numbers)` returned');
  const index = recording.indexOf(x);
  if (index !== undefined) return recording.steps[index];
  throw new TapeError({
    operation: 'gradients',
    got: `withRespectTo names a tensor of shape ${formatShape(x.shape)} that this tape never heard of`,
    wanted: 'tensors that the loss was computed from, on this tape',
    remedy: 'Watch it before it is used: `const x = tape.watch(numbers)`',
  });
}

function checkFinite(recording: Recording, last: Step): void {
  if (!hasNonFinite(last.output)) return;
  const first = firstNonFiniteBehind(last, recording.steps) ?? last;
  const numbers = last.output.size === 1 ? `the loss is ${last.output.item()}` : 'the output holds NaN or infinity';
  throw new NonFiniteError({
    operation: 'gradients',
    got: `${numbers}; the first step with NaN or infinity is ${printStep(first)}${
      first.layer === undefined ? '' : ` of the layer ${first.layer}`
    }`,
    wanted: 'a finite loss',
    remedy: 'Look at the inputs and the learning rate, or pass `nonFinite: "allow"` to see where it flows',
  });
}

function checkParameters(recording: Recording): void {
  const changed = recording.steps.find(({ version }) => version && version.parameter.version !== version.version);
  if (!changed) return;
  throw new TapeError({
    operation: 'gradients',
    got: `the parameter ${changed.name} was changed after the tape had seen it`,
    wanted: 'parameters as they were when the loss was computed',
    remedy: 'Take all gradients before the optimiser steps, or record the loss again on a new tape',
  });
}

function nothingLeadsTo(last: Step, isNamed: boolean): TapeError {
  return new TapeError({
    operation: 'gradients',
    got: `the loss %${last.index} ${last.operation}, to which ${
      isNamed ? 'none of the tensors in withRespectTo leads' : 'no parameter and no watched tensor leads'
    }`,
    wanted: 'a loss that depends on something to differentiate by',
    remedy:
      'Compute it from parameters or from `tape.watch(x)`; gradients count only if they were taken with `differentiable: true`',
  });
}
