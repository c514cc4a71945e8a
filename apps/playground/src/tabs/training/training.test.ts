import { NonFiniteError, Random, Tape, tensor } from '@tapegrad/core';
import { batches, builtInDigits, mnistNormalisation } from '@tapegrad/datasets';
import { Adam, accuracy, Conv2d, Dense, Flatten, MaxPool2d, ReLU, Sequential, softmaxCrossEntropy } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { evaluate, isTestDue, pixelsOf, quickAccuracy } from './evaluation.ts';
import { gradientSizes, inputOf, lookAt } from './look.ts';
import { netNames } from './nets.ts';
import { optimiserNames } from './optimisers.ts';
import { Training, type TrainingSettings } from './training.ts';

const { train, test: held } = builtInDigits({ train: 200, test: 100 });
const settings: TrainingSettings = { net: 'small', optimiser: 'adam', learningRate: 0.002, batchSize: 32, seed: 3 };

describe('a training', () => {
  test('is the loop of the README: the same losses and weights, bit for bit, over two epochs', () => {
    const random = new Random(3);
    const model = new Sequential(
      [
        new Conv2d({ outChannels: 8, kernelSize: 5 }),
        new ReLU(),
        new MaxPool2d({ kernelSize: 2 }),
        new Conv2d({ outChannels: 16, kernelSize: 5 }),
        new ReLU(),
        new MaxPool2d({ kernelSize: 2 }),
        new Flatten(),
        new Dense({ outFeatures: 10 }),
      ],
      { inputShape: [1, 28, 28], random },
    );
    const optimiser = new Adam(model.parameters, { learningRate: 0.002 });
    const training = new Training(train, settings);
    for (let epoch = 1; epoch <= 2; epoch++) {
      for (const { images, labels } of batches(train, { batchSize: 32, random, ...mnistNormalisation })) {
        using tape = new Tape();
        const logits = model.call(tape.constant(images));
        const loss = softmaxCrossEntropy(logits, labels);
        optimiser.step(tape.gradients(loss));
        const step = training.takeStep();
        expect(step.loss).toBe(loss.item());
        expect(step.accuracy).toBe(accuracy(logits, labels));
        expect(training.epoch).toBe(epoch);
      }
    }
    expect(training.step).toBe(14);
    for (const parameter of model.parameters) {
      expect(training.model.parameter(parameter.name).toFlatArray()).toEqual(parameter.toFlatArray());
    }
  });

  test('watching changes nothing, and shows the gradients before the weights change', () => {
    const [seen, unseen] = [new Training(train, settings), new Training(train, settings)];
    const before = seen.model.parameters.map((parameter) => parameter.toFlatArray());
    const sizes: ReturnType<typeof gradientSizes> = [];
    seen.takeStep((gradients) => sizes.push(...gradientSizes(seen.model, gradients)));
    unseen.takeStep();
    expect(seen.takeStep().loss).toBe(unseen.takeStep().loss);
    expect(sizes.map(({ name }) => name)).toEqual(seen.model.parameters.map(({ name }) => name));
    sizes.forEach(({ gradient, weight, ratio }, index) => {
      expect(weight).toBeCloseTo(Math.hypot(...before[index]), 12);
      expect(gradient).toBeGreaterThan(0);
      expect(ratio).toBe(gradient / weight);
    });
  });

  test('a learning rate that is too high is an error in the words of the library, and the weights stay', () => {
    const training = new Training(train, { ...settings, optimiser: 'sgd', learningRate: 1e30 });
    const weights = (): unknown[] => training.model.parameters.map((parameter) => parameter.toFlatArray());
    const [first] = weights();
    training.takeStep();
    const second = weights();
    expect(second[0]).not.toEqual(first);
    expect(() => training.takeStep()).toThrow(NonFiniteError);
    expect(weights()).toEqual(second);
    expect(training.step).toBe(1);
  });

  test.each(netNames)('the net %s learns something in 20 steps', (net) => {
    const training = new Training(train, { ...settings, net });
    const first = training.takeStep().loss;
    for (let step = 1; step < 20; step++) training.takeStep();
    expect(training.takeStep().loss).toBeLessThan(0.9 * first);
  });

  test.each(optimiserNames)('the optimiser %s takes its learning rate', (optimiser) => {
    const training = new Training(train, { ...settings, optimiser });
    training.optimiser.learningRate = 0;
    const before = training.model.parameter('dense1.weight').toFlatArray();
    training.takeStep();
    expect(training.model.parameter('dense1.weight').toFlatArray()).toEqual(before);
    training.optimiser.learningRate = 0.01;
    training.takeStep();
    expect(training.model.parameter('dense1.weight').toFlatArray()).not.toEqual(before);
  });
});

describe('a test', () => {
  test('counts what is right, and agrees with itself', () => {
    const training = new Training(train, settings);
    for (let step = 0; step < 10; step++) training.takeStep();
    const all = evaluate(training.model, held, 200);
    const right = all.confusion.reduce((sum, row, digit) => sum + row[digit], 0);
    expect(all.count).toBe(100);
    expect(all.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(all.accuracy).toBe(right / 100);
    expect(quickAccuracy(training.model, held)).toBe(all.accuracy);
    expect(all.worst.length).toBe(100 - right);
    all.worst.forEach(({ index, label, predicted, loss, probability, pixels }, rank) => {
      expect(label).toBe(held.labels.get(index));
      expect(predicted).not.toBe(label);
      expect(probability).toBeGreaterThanOrEqual(0.1);
      expect(loss).toBeLessThanOrEqual(all.worst[Math.max(rank - 1, 0)].loss);
      expect(pixels).toEqual(pixelsOf(held, index));
    });
  });

  test('is due often at first', () => {
    const due = Array.from({ length: 201 }, (_, step) => step).filter(isTestDue);
    expect(due).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 150, 200]);
  });
});

describe('looking', () => {
  test('an image is normalised as the batches are, bit for bit', () => {
    const [{ images }] = batches(held, { batchSize: 1, ...mnistNormalisation });
    expect(inputOf(pixelsOf(held, 0)).toFlatArray()).toEqual(images.data);
  });

  test('every feature map is what the layers give one after the other', () => {
    const { model } = new Training(train, settings);
    const { maps, logits, probabilities } = lookAt(model, pixelsOf(held, 5));
    expect(maps.map(({ name, shape }) => [name, ...shape])).toEqual([
      ['conv1', 8, 24, 24],
      ['relu1', 8, 24, 24],
      ['pool1', 8, 12, 12],
      ['conv2', 16, 8, 8],
      ['relu2', 16, 8, 8],
      ['pool2', 16, 4, 4],
    ]);
    expect([...maps[1].numbers]).toEqual([...maps[0].numbers].map((x) => Math.max(x, 0)));
    const [batch] = batches(held, { batchSize: 6, ...mnistNormalisation });
    const whole = model.call(tensor(batch.images)).toFlatArray().slice(50);
    logits.forEach((logit, digit) => {
      expect(logit).toBeCloseTo(whole[digit], 5);
    });
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    probabilities.forEach((probability, digit) => {
      expect(probability).toBeCloseTo(Math.exp(logits[digit]) / total, 13);
    });
  });
});
