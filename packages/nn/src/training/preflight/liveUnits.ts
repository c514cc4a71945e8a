import { Tape, type Tensor } from '@tapegrad/core';
import type { Finding } from './finding.ts';
import { type Trial, trainingFrom } from './trial.ts';

/** Above these shares of dead units a layer is doubtful, or has failed. */
const [someDead, mostDead] = [0.25, 0.5];

/**
 * How many units of each ReLU are 0 for every sample: channels of `[batch, channels, …]`, numbers of `[batch, features]`.
 * Through such a unit no gradient flows. A model without ReLU has nothing to find.
 */
export function liveUnits({ build, inputs, seed }: Trial): readonly Finding[] {
  const model = build();
  using tape = new Tape();
  model.call(tape.constant(inputs), trainingFrom(seed));
  const layers = tape.steps
    .filter(({ operation }) => operation === 'relu')
    .map(({ layer, index, output }) => ({ name: layer ?? `relu of step ${index}`, ...deadUnits(output) }));
  if (layers.length === 0) return [];
  const worst = Math.max(...layers.map(({ dead, units }) => dead / units));
  const verdict = worst > mostDead ? 'failed' : worst > someDead ? 'doubtful' : 'passed';
  return [
    {
      check: 'units that never open',
      verdict,
      seen: layers.map(({ name, dead, units }) => `${name} ${dead} of ${units}`).join(', '),
      wanted: `at most ${100 * someDead} % of a layer over ${inputs.shape[0]} samples`,
      remedy:
        verdict === 'passed'
          ? ''
          : 'Make first weights and biases less negative, normalise the inputs, or try LeakyReLU.',
    },
  ];
}

function deadUnits(output: Tensor): { readonly dead: number; readonly units: number } {
  const [samples, units] = output.shape;
  const positions = output.size / (samples * units);
  const isOpen = new Uint8Array(units);
  const numbers = output.read();
  // NaN counts as open: it is another check's business.
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== 0) isOpen[Math.floor(i / positions) % units] = 1;
  return { dead: isOpen.filter((open) => open === 0).length, units };
}
