/*
 * A ResNet, with augmentation.
 *
 * Residual blocks learn what is to be added to what they are given. Each epoch shifts and turns the images anew, so that the
 * network never sees the same one twice; images that are kept aside say when it was at its best.
 */
import { Random, tensor } from '@tapegrad/core';
import { batchCount, batches, builtInDigits, compose, type ImageDataset, normalisationOf } from '@tapegrad/datasets';
import { rotate, shift, splitSamples } from '@tapegrad/datasets';
import { Adam, accuracy, averaged, BatchNorm, Conv2d, Dense, evaluate, fit, GlobalAvgPool2d } from '@tapegrad/nn';
import { KeepBest, type Layer, oneCycle, ReLU, Residual, Sequential, softmaxCrossEntropy } from '@tapegrad/nn';
import { showProgress } from '@tapegrad/nn/node';

const random = new Random(1);
const { train: all, test } = builtInDigits({ train: 1500, test: 300 });
const { train, validation } = splitSamples(all, { validation: 0.2, random });
const normalisation = normalisationOf(train);

/** A convolution by a 3 × 3 kernel, normalised; its bias would be taken away again. */
const convolution = (outChannels: number, stride = 1): Layer[] => [
  new Conv2d({ outChannels, kernelSize: 3, stride, padding: 1, bias: false }),
  new BatchNorm(),
];

/** Two convolutions and a way past them; where the size changes, the way past changes it too. */
function block(outChannels: number, stride = 1): Layer[] {
  const past = stride === 1 ? [] : [new Conv2d({ outChannels, kernelSize: 1, stride, bias: false }), new BatchNorm()];
  const body = [...convolution(outChannels, stride), new ReLU(), ...convolution(outChannels)];
  return [new Residual(body, { shortcut: past }), new ReLU()];
}

const blocks = [...block(8), ...block(16, 2), ...block(32, 2)];
const layers = [...convolution(8, 2), new ReLU(), ...blocks, new GlobalAvgPool2d(), new Dense({ outFeatures: 10 })];
const model = new Sequential(layers, { inputShape: [1, 28, 28], random });
const [epochs, batchSize] = [4, 40];
const stepsInEpoch = batchCount(train, { batchSize });
const { learningRate } = oneCycle({ peak: 0.02, steps: epochs * stepsInEpoch });
const optimiser = new Adam(model.parameters, { learningRate: learningRate(0) });
const onStep = ({ step }: { step: number }): void => {
  optimiser.learningRate = learningRate(step);
};

const measure = (data: ImageDataset) =>
  evaluate({
    batches: batches(data, { batchSize: 100, ...normalisation }),
    predict: ({ images, labels }) => [model.call(tensor(images)), labels],
    metrics: { accuracy: averaged(accuracy), loss: averaged(softmaxCrossEntropy) },
  });
const best = new KeepBest(model, { monitor: 'accuracy', goal: 'largest' });
const transform = compose(shift({ pixels: 2 }), rotate({ degrees: 10 }));
await fit({
  epochs,
  batches: () => batches(train, { batchSize, random, transform, ...normalisation }),
  loss: (batch, tape) => softmaxCrossEntropy(model.call(tape.constant(batch.images), { training: true }), batch.labels),
  optimiser,
  validate: () => measure(validation),
  callbacks: [best, showProgress({ stepsInEpoch, epochs }), { onStep }],
});
best.restore();
console.log(`${(100 * measure(test).accuracy).toFixed(1)} % of new images right, by epoch ${best.best?.epoch}`);
