import type { Tensor } from '../tensor/tensor.ts';
import { firstCotangent } from './firstCotangent.ts';
import type { GradientOptions } from './gradientOptions.ts';
import type { Recording } from './recording.ts';
import type { Step } from './step.ts';
import { type BackwardStep, walkBackward } from './walk.ts';
import { checkFinite, checkParameters, checkRequest, lastStep, nothingLeadsTo, stepOf } from './walkChecks.ts';

/** ∂output/∂x for every x that is wanted, by the index of x in the list of steps: what `tape.gradients` gives. */
export function gradientsOf(
  recording: Recording,
  output: Tensor,
  options: GradientOptions,
): ReadonlyMap<number, Tensor> {
  const walkBack = walkFrom(recording, output, options);
  const sources =
    options.withRespectTo?.map((x) => stepOf(recording, x)) ??
    recording.steps.filter((step) => recording.isSource(step));
  const isSource = new Set(sources.map((step) => step.index));
  const byIndex = new Map<number, Tensor>();
  const walk = (): readonly Tensor[] => {
    for (const { step, cotangent } of walkBack) if (isSource.has(step.index)) byIndex.set(step.index, cotangent);
    return [...byIndex.values()];
  };
  // All at once, so that the program sees which values are not needed; and before any parameter changes.
  if (options.differentiable) recording.run(walk());
  else recording.runUnrecorded(walk);
  return byIndex;
}

/** The walk from `output` to what is wanted, ready to begin: everything is checked. */
export function walkFrom(
  recording: Recording,
  output: Tensor,
  options: GradientOptions,
): Generator<BackwardStep, void> {
  const { withRespectTo, cotangent, nonFinite = 'throw', differentiable = false } = options;
  checkRequest(output, options);
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
