import {
  add,
  linear,
  multiply,
  NonFiniteError,
  Parameter,
  Random,
  sqrt,
  sum,
  type Tape,
  type Tensor,
} from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { double } from '../../../core/test/numbers.ts';
import { straightLine, straightTask } from '../../test/straightLine.ts';
import { mseLoss } from '../losses/mse.ts';
import { SGD } from '../optimisers/sgd.ts';
import { type Callback, fit } from './fit.ts';

describe('training', () => {
  test('a linear regression finds the line that the data were made of', async () => {
    const random = new Random(1);
    const inputs = Array.from({ length: 40 }, () => [random.uniform(-1, 1), random.uniform(-1, 1)]);
    const outputs = inputs.map(([a, b]) => [3 * a - 2 * b + 0.5]);
    const [weight, bias] = [new Parameter('weight', double([[0, 0]])), new Parameter('bias', double([0]))];
    const losses = await fit({
      epochs: 100,
      batches: function* () {
        for (let start = 0; start < 40; start += 10) yield { from: start, to: start + 10 };
      },
      loss: ({ from, to }, tape) =>
        mseLoss(linear(tape.constant(double(inputs.slice(from, to))), weight, { bias }), outputs.slice(from, to)),
      optimiser: new SGD([weight, bias], { learningRate: 0.5 }),
    });
    expect(losses).toHaveLength(100);
    expect(losses[99]).toBeLessThan(1e-20);
    expect(weight.toList()).toEqual([[expect.closeTo(3, 9), expect.closeTo(-2, 9)]]);
    expect(bias.toList()).toEqual([expect.closeTo(0.5, 9)]);
  });

  test('gives the mean loss of each epoch', async () => {
    const { weight, ...rest } = straightLine();
    const losses = await fit({ ...rest, epochs: 2, batches: () => [1, 2] });
    // The weight goes 0, -1, -3, -4, -6; each loss is the weight before the step, times the batch.
    expect(losses).toEqual([(0 - 2) / 2, (-3 - 8) / 2]);
    expect(weight.toList()).toEqual([-6]);
  });

  test('of no epochs asks for nothing', async () => {
    const batches = () => expect.fail('no batches are needed');
    expect(await fit({ ...straightTask(), epochs: 0, batches })).toEqual([]);
  });

  test('takes batches that have to be waited for', async () => {
    const { weight, ...rest } = straightLine();
    const asked: number[] = [];
    const losses = await fit({
      ...rest,
      epochs: 2,
      batches: async function* (epoch) {
        asked.push(epoch);
        for (const batch of [1, 2]) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          yield batch;
        }
      },
    });
    expect([asked, losses, weight.toList()]).toEqual([[1, 2], [-1, -5.5], [-6]]);
  });
});

test('others get their turn during a longer run', async () => {
  const { loss, ...rest } = straightTask();
  const fired: number[] = [];
  let steps = 0;
  setTimeout(() => fired.push(steps), 0);
  const slowly = (batch: number, tape: Tape): Tensor => {
    for (const start = performance.now(); performance.now() - start < 10; );
    steps++;
    return loss(batch, tape);
  };
  await fit({ ...rest, epochs: 5, batches: () => [1, 2, 3, 4], loss: slowly });
  expect(fired).toHaveLength(1);
  expect(fired[0]).toBeLessThan(20);
});

describe('a loss that is not finite', () => {
  test.each([Number.NaN, Infinity])('is refused with its index, and the parameters stay: %s', async (batch) => {
    const { weight, ...rest } = straightLine(1);
    const seen: number[] = [];
    const callbacks: Callback[] = [{ onStep: ({ step }) => void seen.push(step) }];
    const training = fit({
      ...rest,
      epochs: 3,
      batches: (epoch) => (epoch === 2 ? [0.25, batch, 1] : [0.25]),
      callbacks,
    });
    await expect(training).rejects.toThrow(NonFiniteError);
    await expect(training).rejects.toMatchObject({
      operation: 'fit, epoch 2, step 3',
      cause: expect.any(NonFiniteError),
    });
    expect(weight.toList()).toEqual([0.5]);
    expect(seen).toEqual([1, 2]);
  });

  test('says which step of the tape was the first', async () => {
    const training = fit({ ...straightTask(1), epochs: 1, batches: () => [Number.NaN] });
    await expect(training).rejects.toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: fit, epoch 1, step 1: the loss is NaN; the first step with NaN or infinity is %0 [1] constant; wanted a finite loss. Look at the inputs and the learning rate, or pass \`nonFinite: "allow"\` to see where it flows.]`,
    );
  });
});

describe('nanCheck', () => {
  /** A loss that is finite with a gradient that is not: the slope of √ at 0. */
  const steep = () => {
    const { weight, optimiser } = straightLine(0);
    return {
      weight,
      optimiser,
      loss: (batch: number, tape: Tape) => sum(sqrt(multiply(weight, tape.constant([batch])))),
    };
  };

  test('finds a gradient that is not finite', async () => {
    const { weight, optimiser, loss } = steep();
    const training = fit({ optimiser, loss, epochs: 1, batches: () => [1], nanCheck: true });
    await expect(training).rejects.toThrow(
      'fit, epoch 1, step 1: 0 NaN and 1 infinities among 1 numbers first appeared in the gradient of weight',
    );
    expect(weight.toList()).toEqual([0]);
  });

  test('is not done unless asked for', async () => {
    const { weight, optimiser, loss } = steep();
    await fit({ optimiser, loss, epochs: 1, batches: () => [1] });
    expect(weight.toList()).toEqual([-Infinity]);
  });
});

describe('the tape of a step', () => {
  test('ends with the step', async () => {
    const { loss, ...rest } = straightTask();
    const tapes: Tape[] = [];
    const open = (batch: number, tape: Tape): Tensor => {
      expect(tapes.every(({ ended }) => ended)).toBe(true);
      tapes.push(tape);
      return loss(batch, tape);
    };
    await fit({ ...rest, epochs: 2, batches: () => [1, 2], loss: open });
    expect(tapes.map(({ ended }) => ended)).toEqual([true, true, true, true]);
  });

  test('ends also when the step fails', async () => {
    const { loss, ...rest } = straightTask();
    const tapes: Tape[] = [];
    const failing = (batch: number, tape: Tape): Tensor => {
      tapes.push(tape);
      if (batch === 2) throw new Error('out of luck');
      return loss(batch, tape);
    };
    await expect(fit({ ...rest, epochs: 1, batches: () => [1, 2], loss: failing })).rejects.toThrow('out of luck');
    await expect(fit({ ...rest, epochs: 1, batches: () => [Number.NaN], loss: failing })).rejects.toThrow(
      NonFiniteError,
    );
    expect(tapes.map(({ ended }) => ended)).toEqual([true, true, true]);
  });
});

test('refuses what it cannot train with', async () => {
  const model = straightLine();
  const messageOf = (options: Partial<Parameters<typeof fit<number>>[0]>): Promise<string> =>
    fit({ loss: model.loss, optimiser: model.optimiser, epochs: 1, batches: () => [1], ...options }).then(
      () => expect.fail('nothing was thrown'),
      (error) => String(error),
    );
  expect({
    'half an epoch': await messageOf({ epochs: 0.5 }),
    'fewer than no epochs': await messageOf({ epochs: -1 }),
    'no batches': await messageOf({ batches: () => [] }),
    'batches that run out': await messageOf({
      epochs: 2,
      batches: (() =>
        (
          (once) => () =>
            once
        )([1].values()))(),
    }),
    'a loss of many numbers': await messageOf({ loss: (_, tape) => add(model.weight, tape.constant([1, 2])) }),
    'a loss of nothing': await messageOf({ loss: (_, tape) => sum(tape.constant([1, 2])) }),
  }).toMatchInlineSnapshot(`
    {
      "a loss of many numbers": "ShapeError: gradients: a loss of shape [2] with 2 numbers; wanted one number. Reduce it with \`mean\` or \`sum\`, or pass a cotangent of its shape.",
      "a loss of nothing": "TapeError: gradients: the loss %1 sum, to which no parameter and no watched tensor leads; wanted a loss that depends on something to differentiate by. Compute it from parameters or from \`tape.watch(x)\`; gradients count only if they were taken with \`differentiable: true\`.",
      "batches that run out": "ValueError: fit: no batches in epoch 2; wanted at least one batch in each epoch. Return a new generator for each epoch, and check that the data set is not empty or smaller than a batch that is dropped.",
      "fewer than no epochs": "ValueError: fit: epochs is -1; wanted a whole number of at least 0. Say how often to go over the data.",
      "half an epoch": "ValueError: fit: epochs is 0.5; wanted a whole number of at least 0. Say how often to go over the data.",
      "no batches": "ValueError: fit: no batches in epoch 1; wanted at least one batch in each epoch. Return a new generator for each epoch, and check that the data set is not empty or smaller than a batch that is dropped.",
    }
  `);
});
