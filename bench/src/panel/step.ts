import { uniform } from '../images.ts';
import { learningRate } from '../nets.ts';
import { Random, Tape, type Tensor, tensor } from '../tapegrad/core.ts';
import { Adam, mseLoss, Sequential, softmaxCrossEntropy } from '../tapegrad/nn.ts';
import { layerOf } from './build.ts';
import type { PanelNet } from './layers.ts';

/** One step of training a net of the panel as a user of tapegrad writes it, always on the same noise; it gives the loss. */
export function panelStep(net: PanelNet): () => number {
  const random = new Random(1);
  const model = new Sequential(net.layers.map(layerOf), { inputShape: net.input, random });
  const optimiser = new Adam(model.parameters, { learningRate });
  const input = noise([net.batch, ...net.input]);
  const lossOf = lossFor(net, input);
  return () => {
    using tape = new Tape();
    const loss = lossOf(model.call(tape.constant(input), { training: true, random }));
    optimiser.step(tape.gradients(loss));
    return loss.item();
  };
}

function lossFor({ target, batch, input }: PanelNet, images: Tensor): (outputs: Tensor) => Tensor {
  switch (target.kind) {
    case 'input':
      return (outputs) => mseLoss(outputs, images);
    case 'value': {
      const values = noise([batch, 1]);
      return (outputs) => mseLoss(outputs, values);
    }
    case 'classes': {
      const labels = classesOf([batch], target.count);
      return (outputs) => softmaxCrossEntropy(outputs, labels);
    }
    case 'pixels': {
      const labels = classesOf([batch, ...input.slice(1)], target.count);
      return (outputs) => softmaxCrossEntropy(outputs, labels);
    }
  }
}

function noise(shape: readonly number[]): Tensor {
  const random = uniform(1);
  return tensor(
    Float32Array.from({ length: sizeOf(shape) }, () => 2 * random() - 1),
    { shape },
  );
}

function classesOf(shape: readonly number[], count: number): Tensor {
  return tensor(
    Float32Array.from({ length: sizeOf(shape) }, (_, index) => (7 * index) % count),
    { shape },
  );
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
