import { Tape, tensor } from '@tapegrad/core';
import { type ActivationName, activationNames } from '../fields.ts';
import { activations } from './layers.ts';

/** An activation about 0. */
export interface Kink {
  readonly name: ActivationName;
  readonly value: number;
  /** Its slope a little below 0, at 0, and a little above. */
  readonly slopes: readonly [below: number, at: number, above: number];
  /** Whether the slope jumps there. */
  readonly isKink: boolean;
}

/** How far beside 0 a slope is looked at. */
export const beside = 1e-6;

/** relu and its kin about 0: which of the two slopes the library takes where they differ. */
export function kinks(): Kink[] {
  return activationNames.map((name) => {
    using tape = new Tape();
    const x = tape.watch(tensor([-beside, 0, beside], { dtype: 'float64' }));
    const y = activations[name](x);
    const [below, at, above] = tape
      .gradients(y, { cotangent: [1, 1, 1] })
      .get(x)
      .read();
    return { name, value: y.read()[1], slopes: [below, at, above], isKink: Math.abs(above - below) > 100 * beside };
  });
}
