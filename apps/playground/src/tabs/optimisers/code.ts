import type { Form } from './fields.ts';
import type { OptimiserName } from './names.ts';
import { startOf } from './start.ts';
import type { ValleyName } from './valleys.ts';

/** The height of a point p, [1, 2], in ops. */
const heights: Readonly<Record<ValleyName, (steepness: number) => string>> = {
  bowl: (steepness) => `multiply(0.5, add(square(x), multiply(${steepness}, square(y))))`,
  turned: (steepness) => `multiply(0.25, add(square(add(x, y)), multiply(${steepness}, square(subtract(y, x)))))`,
  banana: (steepness) =>
    `divide(add(square(subtract(1, x)), multiply(${steepness}, square(subtract(y, square(x))))), 20)`,
  saddle: (steepness) => `add(multiply(${steepness / 20}, square(x)), divide(square(subtract(square(y), 1)), 4))`,
  kink: (steepness) => `add(abs(x), multiply(${steepness / 10}, abs(y)))`,
};

function optimiserOf(name: OptimiserName, form: Form): readonly [type: string, settings: string] {
  const rate = `learningRate: ${form[`rate-${name}` as const]}`;
  const momentum = `momentum: ${form.momentum}`;
  switch (name) {
    case 'sgd':
      return ['SGD', rate];
    case 'momentum':
      return ['SGD', `${rate}, ${momentum}`];
    case 'nesterov':
      return ['SGD', `${rate}, ${momentum}, nesterov: true`];
    case 'adagrad':
      return ['Adagrad', rate];
    case 'rmsProp':
      return ['RMSProp', rate];
    case 'adam':
      return ['Adam', rate];
    case 'adamW':
      return ['AdamW', `${rate}, weightDecay: ${form.decay}`];
    case 'muon':
      return ['Muon', `${rate}, ${momentum}, weightDecay: 0`];
  }
}

/** A program that lets each walk as many steps as are shown, and prints where it is then, and how high. */
export function codeOf(form: Form): string {
  const made = form.walkers.map((name) => [name, ...optimiserOf(name, form)] as const);
  const height = heights[form.valley](form.steepness);
  const ops = ['abs', 'add', 'divide', 'multiply', 'square', 'subtract'].filter((op) => height.includes(`${op}(`));
  return [
    `import { ${[...ops, 'Parameter', 'slice', 'sum', 'Tape', 'tensor'].join(', ')} } from '@tapegrad/core';`,
    `import { ${[...new Set(made.map(([, type]) => type))].sort().join(', ')} } from '@tapegrad/nn';`,
    '',
    'const heightOf = (point) => {',
    '  const x = slice(point, [null, [0, 1]]);',
    '  const y = slice(point, [null, [1, 2]]);',
    `  return sum(${height});`,
    '};',
    'const optimisers = {',
    ...made.map(([name, type, settings]) => `  ${name}: (point) => new ${type}([point], { ${settings} }),`),
    '};',
    'for (const [name, make] of Object.entries(optimisers)) {',
    `  const point = new Parameter('point', tensor([[${startOf(form).join(', ')}]], { dtype: 'float64' }));`,
    '  const optimiser = make(point);',
    `  for (let step = 0; step < ${form.step}; step++) {`,
    '    const tape = new Tape();',
    '    optimiser.step(tape.gradients(heightOf(tape.watch(point))));',
    '    tape.release();',
    '  }',
    '  console.log(name, point.toList(), heightOf(point).item());',
    '}',
    '',
  ].join('\n');
}
