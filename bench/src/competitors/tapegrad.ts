import { type Images, noiseImages } from '../images.ts';
import { imageShape, imageSize, type LayerForm, learningRate, type NetName, nets } from '../nets.ts';
import { Random, Tape, viewOf } from '../tapegrad/core.ts';
import {
  Adam,
  Conv2d,
  Dense,
  Flatten,
  type Layer,
  MaxPool2d,
  ReLU,
  Sequential,
  softmaxCrossEntropy,
} from '../tapegrad/nn.ts';

/** A training as a user of tapegrad writes it: a step takes images and labels and gives back the loss. */
export function trainer(net: NetName): (images: Images) => number {
  const model = new Sequential(nets[net].map(layerOf), { inputShape: imageShape, random: new Random(1) });
  const optimiser = new Adam(model.parameters, { learningRate });
  return ({ pixels, labels }) => {
    using tape = new Tape();
    const images = tape.constant(viewOf(pixels, [labels.length, ...imageShape]));
    const loss = softmaxCrossEntropy(model.call(images), labels);
    optimiser.step(tape.gradients(loss));
    return loss.item();
  };
}

/** One step of training on always the same images. */
export function tapegradStep(net: NetName, batch: number): () => void {
  const train = trainer(net);
  const images = noiseImages(batch);
  return () => {
    train(images);
  };
}

/** The batches of images, one behind the other, without a copy. */
export function* batchesOf({ pixels, labels }: Images, batch: number): Generator<Images> {
  for (let start = 0; start < labels.length; start += batch) {
    const end = Math.min(start + batch, labels.length);
    yield { pixels: pixels.subarray(start * imageSize, end * imageSize), labels: labels.subarray(start, end) };
  }
}

function layerOf(form: LayerForm): Layer {
  switch (form.kind) {
    case 'conv2d':
      return new Conv2d({ outChannels: form.outChannels, kernelSize: form.kernelSize });
    case 'relu':
      return new ReLU();
    case 'maxPool2d':
      return new MaxPool2d({ kernelSize: 2 });
    case 'flatten':
      return new Flatten();
    case 'dense':
      return new Dense({ outFeatures: form.outFeatures });
  }
}
