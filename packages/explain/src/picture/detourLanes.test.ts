import { expect, test } from 'vitest';
import { allGoDown, detourLanes, levelsIn } from './detourLanes.ts';
import type { RankedLine } from './ranks.ts';

const box = (x: number, y: number, width = 20, height = 10) => ({ x, y, width, height });

/** Three steps below each other, and a line from one of them to the last that comes in at a height. */
function picture(from: number, entryAt: number) {
  const steps = [box(0, 0), box(0, 100), box(0, 200)];
  const label = box(30, 170);
  const line = { from, to: 2, input: 'x', labelSize: label, isDetour: true, bends: [{ x: 40, y: 175 }], label };
  return { steps, lines: [{ ...line, entry: box(40, entryAt, 16, 1) } satisfies RankedLine] };
}

test('a detour goes down beside what it passes, and then in', () => {
  const ranked = picture(0, 140);
  expect(allGoDown(ranked)).toBe(true);
  const [{ bends }] = detourLanes(ranked, levelsIn(ranked));
  expect(bends).toEqual([
    { x: 76, y: 100 },
    { x: 76, y: 110 },
    { x: 48, y: 140.5 },
    { x: 40, y: 175 },
  ]);
});

test.each([
  ['above its step', 1, 50],
  ['right below it', 1, 140],
])('one that comes in %s has no way down', (_, from, entryAt) => {
  expect(allGoDown(picture(from, entryAt))).toBe(false);
});
