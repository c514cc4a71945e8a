import { mean, Random, type Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { straightLine, straightTask } from '../../test/straightLine.ts';
import { Dense } from '../layers/dense.ts';
import { Sequential } from '../layers/sequential.ts';
import { mseLoss } from '../losses/mse.ts';
import { averaged } from '../metrics/averaged.ts';
import { rocArea } from '../metrics/rocCurve.ts';
import { Adam } from '../optimisers/adam.ts';
import { clipped } from '../optimisers/clipped.ts';
import { earlyStopping } from './earlyStopping.ts';
import { evaluate } from './evaluate.ts';
import { findLearningRate } from './findLearningRate.ts';
import { fit } from './fit.ts';
import { History } from './history.ts';
import { KeepBest } from './keepBest.ts';

/** What `validate` gives in one epoch after the other. */
const scores = (...numbers: number[]) => ({ validate: (epoch: number) => ({ score: numbers[epoch - 1] }) });
const task = (start = 0) => ({ ...straightTask(start), batches: () => [1] });

describe('fit', () => {
  test('hands what `validate` measures to the callbacks, also as a promise', async () => {
    const history = new History();
    const validate = async (epoch: number) => ({ score: 10 * epoch });
    await fit({ ...task(), epochs: 2, validate, callbacks: [history] });
    expect(history.epochs.map(({ metrics }) => metrics)).toEqual([{ score: 10 }, { score: 20 }]);
  });

  test('tells the rate of each step, and the norm of its gradients', async () => {
    const { optimiser, ...rest } = task();
    const history = new History();
    await fit({ ...rest, optimiser: clipped(optimiser, { maxNorm: Infinity }), epochs: 2, callbacks: [history] });
    expect(history.steps.map(({ learningRate, gradientNorm }) => [learningRate, gradientNorm])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    // The factor 1 / (1 + 1e-6) of clipping is not there with an infinite norm: the second loss is -1.
    expect(history.toCsv()).toBe('epoch,step,loss,learningRate,gradientNorm\n1,1,0,1,1\n2,2,-1,1,1\n');
    expect(JSON.parse(JSON.stringify(history)).epochs).toHaveLength(2);
  });
});

describe('earlyStopping', () => {
  test('ends after so many epochs without a better one', async () => {
    const callbacks = [earlyStopping({ monitor: 'score', goal: 'largest', patience: 2 })];
    expect(await fit({ ...task(), epochs: 9, ...scores(1, 3, 2, 3, 9), callbacks })).toHaveLength(4);
  });

  test('small changes do not count where a least change is asked for; NaN never does', async () => {
    const of = (minimumChange: number) => [earlyStopping({ monitor: 'score', patience: 1, minimumChange })];
    expect(await fit({ ...task(), epochs: 9, ...scores(3, 2.95, 2.9), callbacks: of(0.1) })).toHaveLength(2);
    expect(await fit({ ...task(), epochs: 3, ...scores(3, 2.95, 2.9), callbacks: of(0) })).toHaveLength(3);
    expect(await fit({ ...task(), epochs: 3, ...scores(3, Number.NaN, 2), callbacks: of(0) })).toHaveLength(2);
  });

  test('looks at the loss of training where nothing else is named', async () => {
    // It falls with each step: 0, -1, -2.
    expect(await fit({ ...task(), epochs: 3, callbacks: [earlyStopping({ patience: 1 })] })).toHaveLength(3);
  });
});

describe('KeepBest', () => {
  test('brings back the weights of the best epoch', async () => {
    const { weight, ...rest } = straightLine();
    const heard: number[] = [];
    const best = new KeepBest(
      { parameters: [weight] },
      { monitor: 'score', goal: 'largest', onBetter: ({ epoch }) => heard.push(epoch) },
    );
    await fit({ ...rest, batches: () => [1], epochs: 4, ...scores(1, 5, 2, 5), callbacks: [best] });
    expect([weight.toList(), best.best, heard]).toEqual([[-4], { value: 5, epoch: 2 }, [1, 2]]);
    best.restore();
    expect(weight.toList()).toEqual([-2]);
  });
});

describe('evaluate', () => {
  test('measures on all batches together, not batch by batch', () => {
    const batches = [
      { x: [[0.1], [0.9]], y: [0, 1] },
      { x: [[0.95]], y: [0] },
    ];
    const { area, error } = evaluate({
      batches,
      predict: ({ x, y }) => [tensor(x), y],
      metrics: {
        area: rocArea,
        error: (outputs, targets) => mseLoss(outputs, tensor(targets.toFlatArray(), { shape: outputs.shape })),
      },
    });
    expect(area).toBe(0.5);
    expect(error).toBeCloseTo((0.01 + 0.01 + 0.95 ** 2) / 3, 6);
  });

  test('waits for batches that come later, and measures the same', async () => {
    async function* later() {
      for (const batch of [[1], [2, 4]]) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield batch;
      }
    }
    const metrics = { mean: (outputs: Tensor) => mean(outputs), streamed: averaged((outputs) => mean(outputs)) };
    const predict = (batch: number[]) => [tensor(batch), batch] as const;
    const measured: Promise<{ mean: number; streamed: number }> = evaluate({ batches: later(), predict, metrics });
    expect(await measured).toEqual(evaluate({ batches: [[1], [2, 4]], predict, metrics }));
    expect((await measured).mean).toBeCloseTo(7 / 3, 6);
    await expect(evaluate({ batches: (async function* () {})(), predict, metrics })).rejects.toThrow('no batches');
  });
});

describe('findLearningRate', () => {
  const model = new Sequential([new Dense({ outFeatures: 1 })], { inputShape: [1], random: new Random(1) });
  const optimiser = new Adam(model.parameters, { learningRate: 0.01 });
  const batch = { x: [[1], [2], [3]], y: [[2], [4], [6]] };
  const loss = ({ x, y }: typeof batch, tape: Tape) => mseLoss(model.call(tape.constant(x)), y);

  test('suggests a rate at which the loss falls, and leaves everything as it was', () => {
    const [before, state] = [model.parameters.map((each) => each.toList()), optimiser.state()];
    const { rates, losses, smoothed, suggestion } = findLearningRate({
      model,
      optimiser,
      batches: () => [batch],
      loss,
    });
    expect(model.parameters.map((each) => each.toList())).toEqual(before);
    expect(optimiser.state()).toEqual(state);
    expect([rates.length, losses.length]).toEqual([smoothed.length, smoothed.length]);
    expect(rates[0]).toBe(1e-6);
    for (let at = 1; at < rates.length; at++) expect(rates[at] / rates[at - 1]).toBeCloseTo(1e7 ** (1 / 99), 8);
    const at = rates.indexOf(suggestion as number);
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(smoothed.indexOf(Math.min(...smoothed)));
    expect(suggestion).toBeGreaterThan(1e-4);
  });

  test('ends where the loss runs away, and there too leaves everything as it was', () => {
    const before = model.parameters.map((each) => each.toList());
    const found = findLearningRate({ model, optimiser, batches: () => [batch], loss, from: 1, to: 1e30, steps: 50 });
    expect(found.rates.length).toBeLessThan(50);
    expect(model.parameters.map((each) => each.toList())).toEqual(before);
  });

  test('leaves everything as it was when the loss throws', () => {
    const before = model.parameters.map((each) => each.toList());
    let calls = 0;
    const failing = (given: typeof batch, tape: Tape) => {
      if (++calls === 3) throw new RangeError('no more');
      return loss(given, tape);
    };
    expect(() => findLearningRate({ model, optimiser, batches: () => [batch], loss: failing })).toThrow('no more');
    expect(model.parameters.map((each) => each.toList())).toEqual(before);
  });
});

test('all of them say what does not fit', async () => {
  const { weight } = straightLine();
  const metrics = { area: rocArea };
  const predict = () => [tensor([1]), [1]] as const;
  const messages = messagesOf({
    'no patience': () => earlyStopping({ patience: 0 }),
    'a goal of its own': () => earlyStopping({ patience: 1, goal: 'max' as never }),
    'a change below 0': () => new KeepBest({ parameters: [weight] }, { minimumChange: -1 }),
    'restored too early': () => new KeepBest({ parameters: [weight] }).restore(),
    'no batches': () => evaluate({ batches: [], predict, metrics }),
    'no metrics': () => evaluate({ batches: [1], predict, metrics: {} }),
    'batches that are none': () => evaluate({ batches: 3 as never, predict, metrics }),
    'no pair': () => evaluate({ batches: [1], predict: () => tensor([1]) as never, metrics }),
    'no outputs': () => evaluate({ batches: [1], predict: () => [[1], [1]] as never, metrics }),
    'rates the wrong way round': () =>
      findLearningRate({
        ...{ model: { parameters: [weight] }, optimiser: new Adam([weight]), batches: () => [], from: 2, to: 1 },
        loss: () => tensor(1),
      }),
    'nothing to try on': () =>
      findLearningRate({
        ...{ model: { parameters: [weight] }, optimiser: new Adam([weight]), batches: () => [] },
        loss: () => tensor(1),
      }),
  });
  expect(messages).toMatchInlineSnapshot(`
    {
      "a change below 0": "ValueError: KeepBest: goal is smallest, minimumChange is -1; wanted "smallest" or "largest", and a number of at least 0. Say which numbers are good: those of a loss are small, those of an accuracy large.",
      "a goal of its own": "ValueError: earlyStopping: goal is max, minimumChange is 0; wanted "smallest" or "largest", and a number of at least 0. Say which numbers are good: those of a loss are small, those of an accuracy large.",
      "batches that are none": "DataTypeError: evaluate: batches is the number 3; wanted batches to go through. Give a list, or what a generator makes: \`batches: batches(test, { batchSize: 256 })\`.",
      "no batches": "ValueError: evaluate: no batches; wanted at least one batch. Give a new generator each time, and check that the data set is not empty.",
      "no metrics": "ValueError: evaluate: no metrics; wanted at least one metric by name. Name one: \`metrics: { accuracy }\`.",
      "no outputs": "DataTypeError: evaluate: the output is a list of 1; wanted a tensor. Give the model’s outputs first, then the targets.",
      "no pair": "DataTypeError: evaluate: predict gave a tensor of shape [1]; wanted a pair of outputs and targets. Give both: \`predict: ({ images, labels }) => [model.call(tensor(images)), labels]\`.",
      "no patience": "ValueError: earlyStopping: patience is 0; wanted a whole number of epochs, at least 1. Usual values are 2 to 10.",
      "nothing to try on": "ValueError: findLearningRate: no batches in epoch 1; wanted at least one batch. Return a new generator for each epoch, and check that the data set is not empty.",
      "rates the wrong way round": "ValueError: findLearningRate: from is 2, to is 1, steps is 100; wanted rates above 0 with from < to, and at least 10 steps. Leave them out for 1e-6, 10 and 100.",
      "restored too early": "ValueError: KeepBest.restore: no epoch yet that has ended with a number; wanted at least one. Give it to \`fit\` among the callbacks: \`callbacks: [best]\`.",
    }
  `);
  await expect(
    fit({ ...task(), epochs: 1, ...scores(1), callbacks: [earlyStopping({ monitor: 'accuracy', patience: 1 })] }),
  ).rejects.toThrow('earlyStopping: an epoch without the metric accuracy; wanted one of meanLoss, score.');
});
