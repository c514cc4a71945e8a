import { expect, test } from 'vitest';
import { straightLine, straightTask } from '../../test/straightLine.ts';
import { type Callback, fit } from './fit.ts';

/** Writes down what it is told under a name, and answers when `answer` says so. */
function listener(name: string, heard: string[], answer: (event: string) => unknown = () => undefined): Callback {
  const hear = (event: string): unknown => {
    heard.push(`${name} ${event}`);
    return answer(event);
  };
  return {
    onStep: ({ epoch, step, loss }) => hear(`epoch ${epoch}, step ${step}: ${loss}`),
    onEpochEnd: ({ epoch, step, meanLoss }) => hear(`epoch ${epoch} after step ${step}: ${meanLoss}`),
  };
}

test('hear of every step and every epoch, in order', async () => {
  const heard: string[] = [];
  const callbacks = [listener('a', heard), {}, listener('b', heard)];
  await fit({ ...straightTask(), epochs: 2, batches: () => [1, 2], callbacks });
  expect(heard).toEqual([
    'a epoch 1, step 1: 0',
    'b epoch 1, step 1: 0',
    'a epoch 1, step 2: -2',
    'b epoch 1, step 2: -2',
    'a epoch 1 after step 2: -1',
    'b epoch 1 after step 2: -1',
    'a epoch 2, step 3: -3',
    'b epoch 2, step 3: -3',
    'a epoch 2, step 4: -8',
    'b epoch 2, step 4: -8',
    'a epoch 2 after step 4: -5.5',
    'b epoch 2 after step 4: -5.5',
  ]);
});

test('see the parameters as they are after the step', async () => {
  const { weight, ...rest } = straightLine();
  const seen: unknown[] = [];
  await fit({ ...rest, epochs: 1, batches: () => [1, 2], callbacks: [{ onStep: () => seen.push(weight.toList()) }] });
  expect(seen).toEqual([[-1], [-3]]);
});

test.each([
  { kind: 'at once', wrap: (answer: unknown) => answer },
  { kind: 'in a promise', wrap: (answer: unknown) => Promise.resolve(answer) },
])('may stop after a step, $kind', async ({ wrap }) => {
  const { weight, ...rest } = straightLine();
  const heard: string[] = [];
  let wasClosed = false;
  const losses = await fit({
    ...rest,
    epochs: 5,
    batches: function* () {
      try {
        yield* [1, 2, 3];
      } finally {
        wasClosed = true;
      }
    },
    callbacks: [
      listener('a', heard, (event) => wrap(event.includes('step 2') ? 'stop' : 'go on')),
      listener('b', heard),
    ],
  });
  expect(losses).toEqual([-1]);
  expect(weight.toList()).toEqual([-3]);
  expect(wasClosed).toBe(true);
  expect(heard.slice(2)).toEqual(['a epoch 1, step 2: -2', 'b epoch 1, step 2: -2']);
});

test.each([
  { kind: 'at once', wrap: (answer: unknown) => answer },
  { kind: 'in a promise', wrap: (answer: unknown) => Promise.resolve(answer) },
])('may stop after an epoch, $kind', async ({ wrap }) => {
  const callbacks: Callback[] = [{ onEpochEnd: ({ epoch }) => wrap(epoch === 2 ? 'stop' : undefined) }];
  expect(await fit({ ...straightTask(), epochs: 5, batches: () => [1, 2], callbacks })).toEqual([-1, -5.5]);
});

test('are waited for', async () => {
  const heard: string[] = [];
  const onStep = async ({ step }: { step: number }): Promise<void> => {
    heard.push(`begin ${step}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    heard.push(`end ${step}`);
  };
  await fit({ ...straightTask(), epochs: 1, batches: () => [1, 2], callbacks: [{ onStep }] });
  expect(heard).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
});
