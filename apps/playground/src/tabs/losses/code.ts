import type { LossName, LossSettings } from './names.ts';

interface Call {
  readonly name: string;
  readonly options?: (settings: LossSettings) => string;
}

const calls: Readonly<Record<LossName, Call>> = {
  l2: { name: 'mseLoss' },
  l1: { name: 'l1Loss' },
  huber: { name: 'huberLoss', options: ({ delta }) => `{ delta: ${delta} }` },
  smoothL1: { name: 'smoothL1Loss', options: ({ beta }) => `{ beta: ${beta} }` },
  logCosh: { name: 'logCoshLoss' },
  quantile: { name: 'quantileLoss', options: ({ tau }) => `{ quantile: ${tau} }` },
  halfSquared: { name: 'halfSquaredLoss' },
};

/** A program that computes each loss at a residual, and its slope, and prints both. */
export function codeOf(shown: readonly LossName[], residual: number, settings: LossSettings): string {
  const names = shown.map((name) => calls[name].name);
  const lines = shown.map((name) => {
    const { name: called, options } = calls[name];
    return `  ${name}: (x) => ${called}(x, 0${options ? `, ${options(settings)}` : ''}),`;
  });
  return [
    "import { Tape, tensor } from '@tapegrad/core';",
    `import { ${names.join(', ')} } from '@tapegrad/nn';`,
    '',
    'const losses = {',
    ...lines,
    '};',
    'for (const [name, loss] of Object.entries(losses)) {',
    '  const tape = new Tape();',
    `  const prediction = tape.watch(tensor(${residual}, { dtype: 'float64' }));`,
    '  const value = loss(prediction);',
    '  const slope = tape.gradients(value).get(prediction);',
    '  console.log(name, value.item(), slope.item());',
    '}',
    '',
  ].join('\n');
}
