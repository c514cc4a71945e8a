import { Parameter, tensor } from '@tapegrad/core';
import { Adam, AdamW, SGD } from '@tapegrad/nn';
import type { Form } from './fields.ts';
import { type DecayName, decayNames } from './names.ts';

/** What becomes of two weights that begin at 1, step by step. */
export interface Decay {
  /** Of the weight whose gradients are large. */
  readonly large: readonly number[];
  readonly small: readonly number[];
}

export type Decays = Readonly<Record<DecayName, Decay>>;
export type DecayForm = Pick<Form, 'large' | 'small' | 'rate' | 'lambda' | 'decaySteps'>;

/** Each way to let weights decay, for the same gradients. */
export function decaysOf(form: DecayForm): Decays {
  return Object.fromEntries(decayNames.map((name) => [name, decayOf(name, form)])) as Decays;
}

function decayOf(name: DecayName, form: DecayForm): Decay {
  const weights = new Parameter('weights', tensor([1, 1], { dtype: 'float64' }));
  const settings = { learningRate: form.rate, weightDecay: form.lambda };
  const optimisers = {
    sgdL2: () => new SGD([weights], settings),
    adamL2: () => new Adam([weights], settings),
    adamW: () => new AdamW([weights], settings),
  };
  const optimiser = optimisers[name]();
  const large = [1];
  const small = [1];
  for (let step = 0; step < form.decaySteps; step++) {
    // Gradients that lead nowhere: the data pull to one side, then to the other. All that is left is the decay.
    const side = step % 2 === 0 ? 1 : -1;
    const pull = tensor([side * form.large, side * form.small], { dtype: 'float64' });
    // They are given, not found: no tape is needed for them.
    optimiser.step({ has: () => true, get: () => pull });
    const [first, second] = weights.read();
    large.push(first);
    small.push(second);
  }
  return { large, small };
}
