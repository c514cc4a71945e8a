import { builtInDigits } from '@tapegrad/datasets';
import { expect, test } from 'vitest';
import { drawnDigits } from './drawnDigits.ts';
import { quickAccuracy } from './evaluation.ts';
import { Training } from './training.ts';

const sizes = { train: 640, test: 200 };

test('plain digits are those of the library; hard ones are others, of the same labels, and the same each time', () => {
  const [plain, hard] = [drawnDigits('plain', sizes), drawnDigits('hard', sizes)];
  const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
  expect(isSame(plain.train.images.data, builtInDigits(sizes).train.images.data)).toBe(true);
  expect(isSame(hard.train.labels.data, plain.train.labels.data)).toBe(true);
  expect(isSame(hard.train.images.data, plain.train.images.data)).toBe(false);
  expect(isSame(hard.train.images.data, drawnDigits('hard', sizes).train.images.data)).toBe(true);
  expect(hard.train.images.shape).toEqual([640, 1, 28, 28]);
});

test('what a net reads of plain digits after a few steps, it does not yet read of hard ones', () => {
  const accuracy = (['plain', 'hard'] as const).map((kind) => {
    const { train, test } = drawnDigits(kind, sizes);
    const settings = { net: 'tiny', optimiser: 'adam', learningRate: 0.005, batchSize: 32, seed: 1 } as const;
    const training = new Training(train, settings);
    for (let step = 0; step < 60; step++) training.takeStep();
    return quickAccuracy(training.model, test);
  });
  expect(accuracy[0]).toBeGreaterThan(0.8);
  expect(accuracy[1]).toBeLessThan(0.65);
});
