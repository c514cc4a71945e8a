import { expect, test } from 'vitest';
import { hasValue, positionAt, positionsOf, writePosition } from './position.ts';

const names = ['logits', 'exp', 'log'] as const;
const positions = positionsOf(names);

test('forwards, then backwards', () => {
  expect(positions.map((position) => writePosition(positions, position))).toEqual(
    'forward-logits forward-exp forward-log loss backward-exp backward-logits'.split(' '),
  );
});

test('an address names a position; the turn, where there is none of that name', () => {
  for (const position of positions) expect(positionAt(positions, writePosition(positions, position))).toBe(position);
  expect(positionAt(positions, 'backward-mean').index).toBe(3);
});

test('values appear as the walk passes, and stay', () => {
  expect(names.map((name) => hasValue(names, positions[1], name))).toEqual([true, true, false]);
  expect(names.every((name) => hasValue(names, positions[3], name))).toBe(true);
});
