import { expect, test } from 'vitest';
import { garbageCollected } from '../../engine/memory.ts';
import { ChosenIndices } from './chosenIndices.ts';

test('keeps what was written while the pooling was computed', () => {
  const chosen = new ChosenIndices();
  chosen.allocate(3, garbageCollected).set([2, 0, -1]);
  expect([...chosen.array]).toEqual([2, 0, -1]);
});

test('says so when it is read too early', () => {
  expect(() => new ChosenIndices().array).toThrow('read before it was computed');
});
