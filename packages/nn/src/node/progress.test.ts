import { afterEach, expect, test, vi } from 'vitest';
import { straightTask } from '../../test/straightLine.ts';
import { fit } from '../training/fit.ts';
import { showProgress } from './progress.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('without a terminal each epoch is a line, with what was measured', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const wasTerminal = process.stdout.isTTY;
  process.stdout.isTTY = false;
  const callbacks = [showProgress({ stepsInEpoch: 2, epochs: 2 })];
  const validate = (epoch: number) => ({ accuracy: epoch / 4 });
  await fit({ ...straightTask(), epochs: 2, batches: () => [1, 2], validate, callbacks });
  process.stdout.isTTY = wasTerminal;
  expect(lines.map((line) => line.replace(/[\d.]+ s$/, '… s'))).toEqual([
    'epoch 1/2: mean loss -1.0000, accuracy 0.2500, … s',
    'epoch 2/2: mean loss -5.5000, accuracy 0.5000, … s',
  ]);
});

test('refuses an epoch without steps', () => {
  expect(() => showProgress({ stepsInEpoch: 0 })).toThrow('showProgress: stepsInEpoch is 0; wanted a whole number');
});
