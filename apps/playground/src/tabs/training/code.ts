import type { DigitKind } from './digitKinds.ts';
import { type NetName, nets } from './nets.ts';
import type { OptimiserName } from './optimisers.ts';
import type { TrainingSettings } from './training.ts';

const optimisers: Readonly<Record<OptimiserName, (rate: number) => string>> = {
  adam: (rate) => `new Adam(model.parameters, { learningRate: ${rate} })`,
  adamW: (rate) => `new AdamW(model.parameters, { learningRate: ${rate} })`,
  rmsProp: (rate) => `new RMSProp(model.parameters, { learningRate: ${rate} })`,
  sgd: (rate) => `new SGD(model.parameters, { learningRate: ${rate} })`,
  momentum: (rate) => `new SGD(model.parameters, { learningRate: ${rate}, momentum: 0.9 })`,
};

/**
 * A program that trains the net of the page on digits that tapegrad draws, with the same settings, and prints the loss of each
 * step; on plain digits these are the page's losses, bit for bit.
 */
export function codeOf(settings: TrainingSettings, digits: DigitKind, { steps = 200 } = {}): string {
  const { net, optimiser, learningRate, batchSize, seed } = settings;
  const made = optimisers[optimiser](learningRate);
  const layers = layersOf(net);
  const used = [
    ...new Set([...layers, made].flatMap((text) => [...text.matchAll(/new (\w+)/g)].map(([, name]) => name))),
  ];
  return [
    "import { Random, Tape } from '@tapegrad/core';",
    "import { batches, builtInDigits, mnistNormalisation } from '@tapegrad/datasets';",
    `import { ${[...used, 'Sequential', 'softmaxCrossEntropy'].sort().join(', ')} } from '@tapegrad/nn';`,
    '',
    ...(digits === 'hard' ? ['// The page turns, shrinks, moves and roughens these digits first.'] : []),
    'const { train } = builtInDigits();',
    `const random = new Random(${seed});`,
    'const model = new Sequential([',
    ...layers.map((layer) => `  ${layer},`),
    '], { inputShape: [1, 28, 28], random });',
    `const optimiser = ${made};`,
    'let step = 0;',
    `while (step < ${steps}) {`,
    `  for (const { images, labels } of batches(train, { batchSize: ${batchSize}, random, ...mnistNormalisation })) {`,
    '    const tape = new Tape();',
    '    const loss = softmaxCrossEntropy(model.call(tape.constant(images)), labels);',
    '    optimiser.step(tape.gradients(loss));',
    '    console.log(++step, loss.item());',
    '    tape.release();',
    `    if (step === ${steps}) break;`,
    '  }',
    '}',
    '',
  ].join('\n');
}

function layersOf(net: NetName): string[] {
  const { filters, ...rest } = nets[net];
  const hidden = 'hidden' in rest ? [`new Dense({ outFeatures: ${rest.hidden} })`, 'new ReLU()'] : [];
  return [
    ...filters.flatMap((outChannels) => [
      `new Conv2d({ outChannels: ${outChannels}, kernelSize: 5 })`,
      'new ReLU()',
      'new MaxPool2d({ kernelSize: 2 })',
    ]),
    'new Flatten()',
    ...hidden,
    'new Dense({ outFeatures: 10 })',
  ];
}
