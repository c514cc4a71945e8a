import type { ActivationName, Form, InitialisationName, NormalisationName } from './fields.ts';

const activations: Readonly<Record<ActivationName, string | undefined>> = {
  none: undefined,
  relu: 'ReLU',
  leakyRelu: 'LeakyReLU',
  gelu: 'GELU',
  selu: 'SELU',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
};

const normalisations: Readonly<Record<NormalisationName, string | undefined>> = {
  none: undefined,
  batchNorm: 'BatchNorm',
  layerNorm: 'LayerNorm',
};

const initialisers: Readonly<Record<InitialisationName, readonly [name: string, call: string]>> = {
  default: ['defaultWeight', 'defaultWeight'],
  xavier: ['xavierNormal', 'xavierNormal'],
  he: ['kaimingNormal', 'kaimingNormal'],
  small: ['normalInitialiser', 'normalInitialiser({ deviation: 0.01 })'],
  large: ['normalInitialiser', 'normalInitialiser({ deviation: 1 })'],
};

/** A program that runs the net once forward and once back, and prints the sizes of activations and gradients by layer. */
export function codeOf(form: Form): string {
  const behind = [normalisations[form.normalisation], activations[form.activation]].filter(
    (name) => name !== undefined,
  );
  const [initialiser, initialise] = initialisers[form.initialisation];
  const block = form.skip ? 'Residual' : 'Sequential';
  const imported = new Set(['constantInitialiser', 'Dense', initialiser, ...behind, block, 'Sequential']);
  return [
    "import { mean, multiply, Random, square, Tape, tensor } from '@tapegrad/core';",
    `import { ${[...imported].join(', ')} } from '@tapegrad/nn';`,
    '',
    'const sizeOf = (x) => Math.sqrt(mean(square(x)).item());',
    'const drawn = (seed) => {',
    '  const random = new Random(seed);',
    '  const x = tensor(Float64Array.from({ length: 32 * 32 }, () => random.normal(0, 1)), { shape: [32, 32] });',
    '  return multiply(x, 1 / sizeOf(x));',
    '};',
    'const dense = () => new Dense({',
    '  outFeatures: 32,',
    `  initialiser: (options) => multiply(${form.factor}, (${initialise})(options)),`,
    '  biasInitialiser: constantInitialiser(0),',
    '});',
    `const block = () => new ${block}([${['dense()', ...behind.map((name) => `new ${name}()`)].join(', ')}]);`,
    'const model = new Sequential(',
    `  Array.from({ length: ${form.layers} }, block),`,
    `  { inputShape: [32], random: new Random(${form.seed}), dtype: 'float64' },`,
    ');',
    'const tape = new Tape();',
    `const activations = [tape.watch(drawn(${form.seed + 1000}))];`,
    'for (const { layer } of model.layers) activations.push(layer.call(activations.at(-1), { training: true }));',
    `const cotangent = drawn(${form.seed + 2000});`,
    'const gradients = tape.gradients(activations.at(-1), { cotangent, withRespectTo: activations });',
    'for (const x of activations) console.log(sizeOf(x), sizeOf(gradients.get(x)));',
    '',
  ].join('\n');
}
