import { expect, test } from 'vitest';
import { ValueError } from '../errors.ts';
import { commandError, inCommandWords } from './commandError.ts';

const words = {
  'CheckpointFolder.open': '--checkpoint',
  dataDirectory: '--data-dir',
  weight: '--weight',
  huberLoss: 'huber',
  hinge: 'hinge-loss',
};

test.each([
  ['name that as dataDirectory', 'name that as --data-dir'],
  ['CheckpointFolder.open: run cannot be written', '--checkpoint: run cannot be written'],
  ['CheckpointFolder.opened is none', 'CheckpointFolder.opened is none'],
  ['weight is [2], give a weight of 1', '--weight is [2], give a weight of 1'],
  ['weight[0] is 2', '--weight[0] is 2'],
  ['leave `weight` out, and `weights` in', 'leave --weight out, and `weights` in'],
  ['hinge: 2; wanted ±1', 'hinge-loss: 2; wanted ±1'],
  ['it is huberLoss / δ', 'it is huber / δ'],
  ['toString and `constructor` are none of them', 'toString and `constructor` are none of them'],
])('%s', (text, said) => {
  expect(inCommandWords(text, words)).toBe(said);
});

test('an error of ours is a sentence, any other keeps its stack', () => {
  const typed = new ValueError({ operation: 'huberLoss', got: 'a', wanted: 'b', remedy: 'Name dataDirectory' });
  expect(commandError(typed, words)).toBe('error: huber: a; wanted b. Name --data-dir.');
  expect(commandError(new TypeError('dataDirectory'), words)).toMatch(/^TypeError: dataDirectory\n\s+at /);
  expect(commandError('dataDirectory', words)).toBe('dataDirectory');
});
