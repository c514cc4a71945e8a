import type { DecayForm } from './decays.ts';

/** A program that lets two weights decay in three ways, and prints what is left of each. */
export function decayCodeOf({ large, small, rate, lambda, decaySteps }: DecayForm): string {
  return [
    "import { multiply, Parameter, sum, Tape, tensor } from '@tapegrad/core';",
    "import { Adam, AdamW, SGD } from '@tapegrad/nn';",
    '',
    `const settings = { learningRate: ${rate}, weightDecay: ${lambda} };`,
    'const optimisers = {',
    '  sgdL2: (weights) => new SGD([weights], settings),',
    '  adamL2: (weights) => new Adam([weights], settings),',
    '  adamW: (weights) => new AdamW([weights], settings),',
    '};',
    'for (const [name, make] of Object.entries(optimisers)) {',
    "  const weights = new Parameter('weights', tensor([1, 1], { dtype: 'float64' }));",
    '  const optimiser = make(weights);',
    `  for (let step = 0; step < ${decaySteps}; step++) {`,
    '    const side = step % 2 === 0 ? 1 : -1;',
    '    const tape = new Tape();',
    `    const pull = tensor([side * ${large}, side * ${small}], { dtype: 'float64' });`,
    '    optimiser.step(tape.gradients(sum(multiply(pull, tape.watch(weights)))));',
    '    tape.release();',
    '  }',
    '  console.log(name, weights.toList());',
    '}',
    '',
  ].join('\n');
}
