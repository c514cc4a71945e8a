import { expect, test } from 'vitest';
import { arrowHead, pathThrough } from './path.ts';

const points = [
  { x: 10, y: 0 },
  { x: 10, y: 20 },
  { x: 30.126, y: 40 },
  { x: 30.126, y: 60 },
];

test('straight in the direction of the picture, smooth elsewhere', () => {
  expect(pathThrough(points, 'down')).toBe('M10 0 V20 C10 30 30.13 30 30.13 40 V60');
  const turned = points.map(({ x, y }) => ({ x: y, y: x }));
  expect(pathThrough(turned, 'right')).toBe('M0 10 H20 C30 10 30 30.13 40 30.13 H60');
});

test('the head of an arrow', () => {
  expect(arrowHead({ x: 10, y: 20 }, 'down', false)).toBe('M10 20 L6 12 L14 12 Z');
  expect(arrowHead({ x: 10, y: 20 }, 'down', true)).toBe('M10 20 L6 28 L14 28 Z');
  expect(arrowHead({ x: 10, y: 20 }, 'right', false)).toBe('M10 20 L2 16 L2 24 Z');
});
