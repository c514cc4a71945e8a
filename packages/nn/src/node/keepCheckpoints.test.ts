import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Random, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { Adam, type Callback, clipped, Dense, Dropout, fit, ReLU, Sequential, softmaxCrossEntropy } from '../index.ts';
import { KeepCheckpoints, type KeepCheckpointsOptions } from './keepCheckpoints.ts';

const batchesInEpoch = 5;

/** A run in a process of its own, as it were: model, optimiser and random numbers begin anew; the folder alone is shared. */
async function run(
  path: string,
  {
    epochs = 3,
    stopAt = Infinity,
    callbacks = [],
    ...options
  }: { epochs?: number; stopAt?: number; callbacks?: Callback[] } & Partial<KeepCheckpointsOptions> = {},
) {
  const layers = [
    new Dense({ outFeatures: 8 }),
    new ReLU(),
    new Dropout({ rate: 0.25 }),
    new Dense({ outFeatures: 3 }),
  ];
  const model = new Sequential(layers, { inputShape: [4], random: new Random(1) });
  const optimiser = new Adam(model.parameters, { learningRate: 0.02 });
  let dropout = new Random(2);
  const keeper = new KeepCheckpoints(path, {
    model,
    optimiser,
    random: () => ({ dropout: dropout.state }),
    ...options,
  });
  const losses: number[] = [];
  try {
    const found = await keeper.resume();
    if (found) dropout = Random.from(found.random.dropout);
    const means = await fit({
      from: found?.progress,
      epochs,
      batches: (epoch, skip) => [...new Random(epoch).permutation(batchesInEpoch)].slice(skip),
      loss: (batch, tape) => {
        const x = Float32Array.from({ length: 8 }, (_, at) => Math.sin(at * (batch + 1)));
        const logits = model.call(tape.constant(tensor(x, { shape: [2, 4] })), { training: true, random: dropout });
        return softmaxCrossEntropy(logits, [batch % 3, (batch + 1) % 3]);
      },
      optimiser,
      callbacks: [
        {
          onStep({ step, loss }) {
            losses.push(loss);
            optimiser.learningRate = 0.02 / (1 + step);
          },
        },
        ...callbacks,
        keeper,
        {
          onStep({ step }) {
            if (step === stopAt) throw new RangeError('a power cut');
          },
        },
      ],
    });
    return {
      losses,
      means,
      weights: model.parameters.map((each) => each.toList()),
      begunAt: found?.progress.step ?? 0,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { losses, means: [], weights: [], begunAt: 0 };
  } finally {
    await keeper.close();
  }
}

const folderOfItsOwn = async (): Promise<string> => join(await temporaryFolder(), 'run');

describe('a run that was cut off goes on to the same bits', () => {
  test.each([
    ['in the middle of an epoch', 8, 2, 8],
    ['between two checkpoints, which are taken again', 9, 4, 8],
    ['after the last step of an epoch', 10, 5, 10],
    ['before any checkpoint', 1, 4, 0],
  ] as const)('%s', async (_, stopAt, every, resumesAt) => {
    const whole = await run(await folderOfItsOwn());
    const path = await folderOfItsOwn();
    const first = await run(path, { stopAt, every });
    expect(first.losses).toHaveLength(stopAt);
    const second = await run(path, { every });
    expect(second.begunAt).toBe(resumesAt);
    expect([...first.losses.slice(0, resumesAt), ...second.losses]).toEqual(whole.losses);
    expect(second.weights).toEqual(whole.weights);
    expect(second.means).toEqual(whole.means.slice(-second.means.length));
  });

  test('stopped by a signal, which keeps what there was', async () => {
    const whole = await run(await folderOfItsOwn());
    const path = await folderOfItsOwn();
    const stopping = new AbortController();
    const stop: Callback = { onStep: ({ step }) => (step === 7 ? stopping.abort() : undefined) };
    const first = await run(path, { signal: stopping.signal, callbacks: [stop] });
    expect(first.losses).toHaveLength(7);
    const second = await run(path);
    expect(second.begunAt).toBe(7);
    expect([...first.losses, ...second.losses]).toEqual(whole.losses);
  });
});

test('a run that has ended goes on for more epochs', async () => {
  const path = await folderOfItsOwn();
  const [longer, shorter] = [await run(await folderOfItsOwn(), { epochs: 5 }), await run(path, { epochs: 2 })];
  expect((await run(path, { epochs: 2 })).means).toEqual([]);
  const rest = await run(path, { epochs: 5 });
  expect(rest.begunAt).toBe(10);
  expect([...shorter.losses, ...rest.losses]).toEqual(longer.losses);
  expect([...shorter.means, ...rest.means]).toEqual(longer.means);
});

test('the last two are kept, also where an epoch ends with a step that had one', async () => {
  const path = await folderOfItsOwn();
  await run(path, { every: 5, epochs: 3 });
  expect((await readdir(path)).sort()).toEqual(['step-000000010.safetensors', 'step-000000015.safetensors']);
});

test('says what does not fit', async () => {
  const path = await folderOfItsOwn();
  const model = new Sequential([new Dense({ outFeatures: 1 })], { inputShape: [1], random: new Random(1) });
  const optimiser = new Adam(model.parameters);
  expect(() => new KeepCheckpoints(path, { model, optimiser, every: 0 })).toThrow(
    'KeepCheckpoints: every is 0; wanted a whole number of steps, at least 1. Leave it out for one at the end of each epoch.',
  );
  expect(() => new KeepCheckpoints(path, { model, optimiser: clipped(optimiser, { maxNorm: 1 }) as never })).toThrow(
    'Give the optimiser itself, which `clipped` or `accumulated` is around: `new Adam(model.parameters)`.',
  );
  await run(path, { epochs: 1, settings: { seed: 1, batchSize: 2 } });
  await expect(run(path, { settings: { seed: 2, batchSize: 2 } })).rejects.toThrow(
    `KeepCheckpoints.resume: ${path}, of a run whose seed is 1, and not 2; wanted the settings that the run was begun with. Set it as it was, or name another folder for a new run.`,
  );
  await expect(run(path, { settings: { seed: 1 } })).rejects.toThrow('whose batchSize is 2, and not undefined');
});
