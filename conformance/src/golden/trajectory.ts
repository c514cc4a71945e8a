import { type DataType, Random, reshape, slice, square, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import {
  Adagrad,
  Adam,
  AdamW,
  Conv2d,
  Dense,
  Flatten,
  type GradientSource,
  MaxPool2d,
  ReLU,
  RMSProp,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from '@tapegrad/nn';
import { Attributes } from '../attributes.ts';
import type { Numbers } from '../compare.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { type StoredTensor, toTensor } from '../stored.ts';
import { readAdagrad, readAdam, readRMSProp, readSGD } from './optimisers.ts';
import type { TrainingImages } from './trainingImages.ts';

/** The parameters of the network, in the words of the cases and in those of tapegrad. */
const names = {
  'conv1.weight': 'conv1.weight',
  'conv1.bias': 'conv1.bias',
  'conv2.weight': 'conv2.weight',
  'conv2.bias': 'conv2.bias',
  'fc.weight': 'dense1.weight',
  'fc.bias': 'dense1.bias',
} as const;

type Name = keyof typeof names;

/** The adapter of `train_cnn`: a few steps of training a small CNN, from given weights, on given images. */
export function trajectory(initial: Readonly<Record<string, StoredTensor>>, mnist: TrainingImages): NumericOp {
  return ({ attributes, precision }) => {
    attributes.informational('precision');
    const batchSize = attributes.number('batch_size') ?? 64;
    const count = attributes.number('steps') ?? 10;
    const first = attributes.number('first_image') ?? 0;
    const listed = readNames(attributes.raw('params'));
    const optimiserAttributes = new Attributes(attributes.record('optimizer'));

    const model = startingFrom(initial, precision);
    const parameterOf = (name: Name) => model.parameter(names[name]);
    const optimiser = readOptimiser(optimiserAttributes, model);
    const losses: number[] = [];
    let logitsAtFirst: Numbers | undefined;
    let normsAtFirst: number[] = [];
    for (let step = 0; step < count; step++) {
      using tape = new Tape();
      const batch = mnist.batch(first + step * batchSize, batchSize, precision);
      const logits = model.call(tape.constant(batch.images));
      const loss = softmaxCrossEntropy(logits, batch.labels);
      const gradients = tape.gradients(loss);
      losses.push(loss.item());
      if (step === 0) {
        const top = slice(logits, [[0, 4]]);
        logitsAtFirst = { shape: top.shape, numbers: top.toFlatArray() };
        normsAtFirst = listed.map((name) => norm(gradients.get(parameterOf(name))));
      }
      optimiser.step(gradients);
    }
    const outputs: Record<string, Outputs[string]> = {
      losses: list(losses),
      grad_norms_step0: list(normsAtFirst),
      final_norms: list(listed.map((name) => norm(tensor(parameterOf(name).toFlatArray())))),
      final_conv1_bias: list(parameterOf('conv1.bias').toFlatArray()),
      final_fc_bias: list(parameterOf('fc.bias').toFlatArray()),
    };
    if (logitsAtFirst) outputs.logits_step0_first4 = logitsAtFirst;
    return outputs;
  };
}

function startingFrom(initial: Readonly<Record<string, StoredTensor>>, dtype: DataType): Sequential {
  const layers = [
    new Conv2d({ outChannels: 8, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Conv2d({ outChannels: 16, kernelSize: 5 }),
    new ReLU(),
    new MaxPool2d({ kernelSize: 2 }),
    new Flatten(),
    new Dense({ outFeatures: 10 }),
  ];
  const model = new Sequential(layers, { inputShape: [1, 28, 28], random: new Random(1), dtype });
  for (const [name, own] of Object.entries(names)) {
    const stored = initial[name];
    if (stored === undefined) throw new MalformedCase(`initial_weights has no ${name}`);
    model.parameter(own).assign(toTensor(stored, dtype));
  }
  return model;
}

function readOptimiser(attributes: Attributes, model: Sequential): { step(gradients: GradientSource): void } {
  const name = attributes.text('name');
  const make = (): { step(gradients: GradientSource): void } => {
    if (name === 'sgd') return new SGD(model.parameters, { learningRate: 0.1, ...readSGD(attributes) });
    if (name === 'adam') return new Adam(model.parameters, readAdam(attributes));
    if (name === 'adamw') return new AdamW(model.parameters, readAdam(attributes));
    if (name === 'rmsprop') return new RMSProp(model.parameters, readRMSProp(attributes));
    if (name === 'adagrad') return new Adagrad(model.parameters, readAdagrad(attributes));
    throw new Unsupported(`optimiser ${name}`);
  };
  const made = make();
  attributes.checkAllRead();
  return made;
}

function readNames(value: unknown): readonly Name[] {
  const all = Object.keys(names) as Name[];
  if (value === undefined) return all;
  if (!Array.isArray(value)) throw new MalformedCase('params is not a list of names');
  return value.map((name: unknown) => {
    const known = all.find((one) => one === name);
    if (known) return known;
    throw new Unsupported(`parameter ${String(name)}`);
  });
}

/** √Σ x², in the arithmetic of x. */
function norm(x: Tensor): number {
  return Math.sqrt(sum(square(reshape(x, [-1]))).item());
}

function list(numbers: ArrayLike<number>): Numbers {
  return { shape: [numbers.length], numbers };
}
