import { type Finding, shown } from './finding.ts';
import { samplesOf, type Trial, trainingFrom } from './trial.ts';

/** How far off the loss may be, as a share of the loss of guessing, beside what few samples bring about. */
const nearness = 0.1;

/**
 * The mean loss before the first step against that of guessing, for classes ln C. They may differ by a tenth, and by three
 * standard errors of the mean, 3·s/√n with the deviation s of the losses of the n samples, which counts up to ln C.
 */
export function startingLoss({ build, inputs, target, loss, seed }: Trial, guessing: number): readonly Finding[] {
  const output = build().call(inputs, trainingFrom(seed));
  const count = output.shape[0];
  const losses = Array.from({ length: count }, (_, sample) =>
    loss(samplesOf(output, sample, 1), samplesOf(target, sample, 1)).item(),
  );
  const mean = losses.reduce((sum, each) => sum + each, 0) / count;
  const deviation = Math.sqrt(losses.reduce((sum, each) => sum + (each - mean) ** 2, 0) / count);
  const slack = nearness * guessing + (3 * Math.min(deviation, guessing)) / Math.sqrt(count);
  const isNear = Math.abs(mean - guessing) <= slack;
  return [
    {
      check: 'loss at the start',
      verdict: isNear ? 'passed' : 'failed',
      seen: `${shown(mean)}, the mean of ${count} samples`,
      wanted: Number.isFinite(mean)
        ? `${shown(guessing)} ± ${shown(slack)}, that of guessing`
        : `${shown(guessing)}, that of guessing`,
      remedy: isNear ? '' : remedyFor(mean, guessing),
    },
  ];
}

function remedyFor(mean: number, guessing: number): string {
  if (mean < guessing)
    return 'Look whether the inputs give the target away, and whether the number of classes is right.';
  return 'The model is sure of itself before it has learnt anything: normalise the inputs, and make the first weights of its last layer smaller.';
}
