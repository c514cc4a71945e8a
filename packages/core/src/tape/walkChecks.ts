import { NonFiniteError, TapeError } from '../errors.ts';
import { checkList, wrongKind } from '../kinds.ts';
import { checkTensor } from '../tensor/kinds.ts';
import { formatShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { GradientOptions } from './gradientOptions.ts';
import { firstNonFiniteBehind, hasNonFinite } from './nonFinite.ts';
import { printStep } from './print.ts';
import type { Recording } from './recording.ts';
import { otherTape } from './refusals.ts';
import type { Step } from './step.ts';

/* What `gradients` is asked for, checked before it walks. */

/** Throws a DataTypeError when the loss, or an option, is of another kind. */
export function checkRequest(output: Tensor, { withRespectTo, nonFinite = 'throw' }: GradientOptions): void {
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
}

/** The step of the loss. @throws TapeError when it is none of this tape, or the tape has ended */
export function lastStep(recording: Recording, output: Tensor): Step {
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

/** Throws a NonFiniteError naming the first step that was not finite, unless the output is finite. */
export function checkFinite(recording: Recording, last: Step): void {
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

/** Throws a TapeError when a parameter was changed since the tape saw it. */
export function checkParameters(recording: Recording): void {
  const changed = recording.steps.find(({ version }) => version && version.parameter.version !== version.version);
  if (!changed) return;
  throw new TapeError({
    operation: 'gradients',
    got: `the parameter ${changed.name} was changed after the tape had seen it`,
    wanted: 'parameters as they were when the loss was computed',
    remedy: 'Take all gradients before the optimiser steps, or record the loss again on a new tape',
  });
}

/** The error for a loss that depends on nothing that is wanted. */
export function nothingLeadsTo(last: Step, isNamed: boolean): TapeError {
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
