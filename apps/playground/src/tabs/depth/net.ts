import { mean, multiply, Random, square, Tape, type Tensor, tensor } from '@tapegrad/core';
import {
  BatchNorm,
  constantInitialiser,
  Dense,
  defaultWeight,
  GELU,
  type Initialiser,
  kaimingNormal,
  type Layer,
  LayerNorm,
  LeakyReLU,
  normalInitialiser,
  ReLU,
  Residual,
  SELU,
  Sequential,
  Sigmoid,
  Tanh,
  xavierNormal,
} from '@tapegrad/nn';
import type { ActivationName, Form, InitialisationName, NormalisationName } from './fields.ts';

/** How many neurons each layer has, and how many examples go through at once. */
export const width = 32;
export const examples = 32;

const activations: Readonly<Record<ActivationName, () => readonly Layer[]>> = {
  none: () => [],
  relu: () => [new ReLU()],
  leakyRelu: () => [new LeakyReLU()],
  gelu: () => [new GELU()],
  selu: () => [new SELU()],
  tanh: () => [new Tanh()],
  sigmoid: () => [new Sigmoid()],
};

const initialisers: Readonly<Record<InitialisationName, Initialiser>> = {
  default: (options) => defaultWeight(options),
  xavier: (options) => xavierNormal(options),
  he: (options) => kaimingNormal(options),
  small: normalInitialiser({ deviation: 0.01 }),
  large: normalInitialiser({ deviation: 1 }),
};

const normalisations: Readonly<Record<NormalisationName, () => readonly Layer[]>> = {
  none: () => [],
  batchNorm: () => [new BatchNorm()],
  layerNorm: () => [new LayerNorm()],
};

/** What is measured in a deep net, each as the root of a mean square: the usual size of a number. */
export interface Sizes {
  /** Of the input, and of what each layer gives. */
  readonly activations: readonly number[];
  /** Of ∂L/∂activation, likewise; at the last layer it is 1, for there the walk back begins. */
  readonly gradients: readonly number[];
  /** Of ∂L/∂W for each layer: what a training step of it is made of. */
  readonly weights: readonly number[];
}

/** A block of the net: dense, then its normalisation and its activation, and the way past them where there is one. */
function blockOf({ activation, initialisation, normalisation, factor, skip }: Form): Layer {
  const layers = [
    new Dense({
      outFeatures: width,
      initialiser: (options) => multiply(factor, initialisers[initialisation](options)),
      biasInitialiser: constantInitialiser(0),
    }),
    ...normalisations[normalisation](),
    ...activations[activation](),
  ];
  return skip ? new Residual(layers) : new Sequential(layers);
}

/** Runs a net that the form describes once forward and once back, in training, and measures it layer by layer. */
export function sizesOf(form: Form): Sizes {
  const model = new Sequential(
    Array.from({ length: form.layers }, () => blockOf(form)),
    { inputShape: [width], random: new Random(form.seed), dtype: 'float64' },
  );
  using tape = new Tape();
  const activations = [tape.watch(drawn(form.seed + 1000))];
  for (const { layer } of model.layers) {
    activations.push(layer.call(activations[activations.length - 1], { training: true }));
  }
  const weights = model.parameters.filter(({ name }) => /dense\d+\.weight$/.test(name));
  const gradients = tape.gradients(activations[form.layers], {
    cotangent: drawn(form.seed + 2000),
    withRespectTo: [...activations, ...weights],
    nonFinite: 'allow',
  });
  return {
    activations: activations.map(sizeOf),
    gradients: activations.map((x) => sizeOf(gradients.get(x))),
    weights: weights.map((x) => sizeOf(gradients.get(x))),
  };
}

/** Standard normal numbers for the examples, brought to the size 1 exactly. */
function drawn(seed: number): Tensor {
  const random = new Random(seed);
  const numbers = tensor(
    Float64Array.from({ length: examples * width }, () => random.normal(0, 1)),
    { shape: [examples, width] },
  );
  return multiply(numbers, 1 / sizeOf(numbers));
}

const sizeOf = (x: Tensor): number => Math.sqrt(mean(square(x)).item());
