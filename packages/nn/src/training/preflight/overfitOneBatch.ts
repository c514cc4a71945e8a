import { multiply, Tape } from '@tapegrad/core';
import type { OptionNames } from '@tapegrad/core/authors';
import { inUse } from '../../layers/trainingMode.ts';
import { type Finding, shown } from './finding.ts';
import { samplesOf, type Trial, trainingFrom } from './trial.ts';

/** How one batch is to be overfitted. */
export interface OverfitOneBatch {
  /** How many samples the batch has. */
  readonly samples: number;
  /** How many steps at most. */
  readonly steps: number;
  /** The loss below which they count as learnt. */
  readonly loss: number;
}

export const overfitOneBatchOptions: OptionNames<Partial<OverfitOneBatch>> = {
  samples: 'optional',
  steps: 'optional',
  loss: 'optional',
};

/** The loss is looked at after so many steps, as it is when the model is used: without dropout, with running means. */
const between = 5;

/**
 * Whether one batch of a few samples can be overfitted, as any model can do that is put together right; and whether the
 * model looks at the inputs: on inputs that are all 0 its loss has to be at least twice as high, and a quarter of what it was at first.
 */
export function overfitOneBatch(trial: Trial, { samples, steps, loss: goal }: OverfitOneBatch): readonly Finding[] {
  const { build, loss, optimiser, seed } = trial;
  const count = Math.min(samples, trial.inputs.shape[0]);
  const [inputs, target] = [samplesOf(trial.inputs, 0, count), samplesOf(trial.target, 0, count)];
  const model = build();
  const change = optimiser(model.parameters);
  const training = trainingFrom(seed);
  const lossOf = (x: typeof inputs): number => loss(model.call(x, inUse), target).item();
  const start = lossOf(inputs);
  let [step, reached] = [0, start];
  while (step < steps && !(reached < goal)) {
    for (const end = Math.min(steps, step + between); step < end; step++) {
      using tape = new Tape();
      change.step(tape.gradients(loss(model.call(tape.constant(inputs), training), target)));
    }
    reached = lossOf(inputs);
  }
  const isLearnt = reached < goal;
  const blind = lossOf(multiply(inputs, 0));
  const needed = Math.max(2 * reached, start / 4);
  const isSeen = blind >= needed;
  const verdict = isSeen ? 'passed' : !isLearnt && blind >= 1.1 * reached ? 'doubtful' : 'failed';
  return [
    {
      check: `overfit one batch of ${count} samples`,
      verdict: isLearnt ? 'passed' : 'failed',
      seen: `loss ${shown(reached)} after ${step} steps`,
      wanted: `below ${goal} within ${steps} steps`,
      remedy: isLearnt
        ? ''
        : 'Try a learning rate ten times higher or lower; then look at the loss, at its sign, and at whether each target belongs to its sample.',
    },
    {
      check: 'the loss depends on the inputs',
      verdict,
      seen: `after that, ${shown(reached)} on the inputs and ${shown(blind)} on zeros`,
      wanted: `at least ${shown(needed)} on zeros`,
      remedy: isSeen
        ? ''
        : 'The model does as well without looking: check that inputs differ and reach it, and that targets differ.',
    },
  ];
}
