import { isAngular, type LossName, type MarginSettings } from './names.ts';

interface Call {
  readonly name: string;
  readonly text: (settings: MarginSettings) => string;
}

/** Each loss of a margin m, `[1]`; those with an angle see features on the unit circle. */
const calls: Readonly<Record<Exclude<LossName, 'zeroOne'>, Call>> = {
  hinge: { name: 'hingeLoss', text: () => 'hingeLoss(m, [1])' },
  logistic: { name: 'binaryCrossEntropyWithLogits', text: () => 'binaryCrossEntropyWithLogits(m, [1])' },
  softmax: { name: 'softmaxCrossEntropy', text: () => 'softmaxCrossEntropy(logitsOf(m), [0])' },
  focal: { name: 'focalLoss', text: ({ gamma }) => `focalLoss(logitsOf(m), [0], { gamma: ${gamma} })` },
  additive: {
    name: 'additiveMarginSoftmaxLoss',
    text: ({ scale, cosine }) =>
      `additiveMarginSoftmaxLoss(featuresOf(m), opposite, [0], { margin: ${cosine}, scale: ${scale} })`,
  },
  arcFace: {
    name: 'arcFaceLoss',
    text: ({ scale, angle }) => `arcFaceLoss(featuresOf(m), opposite, [0], { margin: ${angle}, scale: ${scale} })`,
  },
  largeMargin: {
    name: 'largeMarginSoftmaxLoss',
    text: ({ scale, multiple }) =>
      `largeMarginSoftmaxLoss(multiply(${scale}, featuresOf(m)), opposite, [0], { margin: ${multiple} })`,
  },
};

/** A program that computes each loss at a margin, and its slope, and prints both. The 0-1 loss has no slope to be computed. */
export function codeOf(shown: readonly LossName[], margin: number, settings: MarginSettings): string {
  const sloping = shown.filter((name) => name !== 'zeroOne');
  const withLogits = sloping.some((name) => name === 'softmax' || name === 'focal');
  const withAngle = sloping.some(isAngular);
  const core = [
    ...(withAngle ? ['concat', 'divide', 'multiply', 'reshape', 'sqrt', 'square', 'subtract'] : []),
    ...(withLogits ? [...(withAngle ? [] : ['reshape']), 'concat', 'zeros'] : []),
    'Tape',
    'tensor',
  ];
  const helpers = [
    ...(withLogits
      ? [
          `const logitsOf = (m) => concat([reshape(m, [1, 1]), zeros([1, ${settings.classes - 1}], { dtype: 'float64' })], { axis: 1 });`,
        ]
      : []),
    ...(withAngle
      ? [
          '// Two classes in opposite directions: the margin is 2s·cos θ.',
          "const opposite = tensor([[1, 0], [-1, 0]], { dtype: 'float64' });",
          'const featuresOf = (m) => {',
          `  const cosine = divide(reshape(m, [1, 1]), ${2 * settings.scale});`,
          '  return concat([cosine, sqrt(subtract(1, square(cosine)))], { axis: 1 });',
          '};',
        ]
      : []),
  ];
  return [
    `import { ${[...new Set(core)].join(', ')} } from '@tapegrad/core';`,
    `import { ${sloping.map((name) => calls[name].name).join(', ')} } from '@tapegrad/nn';`,
    '',
    ...helpers,
    'const losses = {',
    ...sloping.map((name) => `  ${name}: (m) => ${calls[name].text(settings)},`),
    '};',
    'for (const [name, loss] of Object.entries(losses)) {',
    '  const tape = new Tape();',
    `  const m = tape.watch(tensor([${margin}], { dtype: 'float64' }));`,
    '  const value = loss(m);',
    '  console.log(name, value.item(), tape.gradients(value).get(m).item());',
    '}',
    '',
  ].join('\n');
}
