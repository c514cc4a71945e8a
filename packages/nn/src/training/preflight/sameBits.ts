import { Tape } from '@tapegrad/core';
import type { Finding } from './finding.ts';
import { type Trial, trainingFrom } from './trial.ts';

const steps = 3;

/** Whether the same seed gives the same first weights, losses and weights after a few steps, bit by bit. */
export function sameBits(trial: Trial): readonly Finding[] {
  const [first, second] = [take(trial), take(trial)];
  const names = [...first.keys()];
  const different = names.find((name) => !areSame(first.get(name), second.get(name)));
  const isSame = different === undefined && first.size === second.size;
  return [
    {
      check: 'same seed, same bits',
      verdict: isSame ? 'passed' : 'failed',
      seen: isSame
        ? `two models, ${steps} steps each, with the same losses and weights`
        : `${different ?? 'the number of parameters'} not twice the same`,
      wanted: 'the same bits',
      remedy: isSame ? '' : 'Take all random numbers from a stream that is made anew from the seed for each model.',
    },
  ];
}

/** All numbers of a short run, by what they are. */
function take({ build, inputs, target, loss, optimiser, seed }: Trial): Map<string, ArrayLike<number>> {
  const model = build();
  const change = optimiser(model.parameters);
  const training = trainingFrom(seed);
  const seen = new Map<string, ArrayLike<number>>();
  const look = (when: string): void => {
    for (const parameter of model.parameters) seen.set(`${parameter.name} ${when}`, parameter.toFlatArray());
  };
  look('at the start');
  for (let step = 1; step <= steps; step++) {
    using tape = new Tape();
    const output = loss(model.call(tape.constant(inputs), training), target);
    change.step(tape.gradients(output));
    seen.set(`the loss of step ${step}`, [output.item()]);
  }
  look(`after ${steps} steps`);
  return seen;
}

function areSame(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): boolean {
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
