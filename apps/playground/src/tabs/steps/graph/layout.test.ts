import { describe, expect, test } from 'vitest';
import type { ChainName } from '../chainNames.ts';
import { arrangeSteps, type Box, type PlacedBox } from './layout.ts';

/** The chain of softmax cross-entropy with so many classes. */
function chainOf(classes: number): Box[] {
  const step = (name: ChainName, inputs: ChainName[], cells: number): Box => {
    return { name, inputs, cells, hasTarget: name === 'pick' };
  };
  return [
    step('logits', [], classes),
    step('max', ['logits'], 1),
    step('shift', ['logits', 'max'], classes),
    step('exp', ['shift'], classes),
    step('sum', ['exp'], 1),
    step('softmax', ['exp', 'sum'], classes),
    step('log', ['softmax'], classes),
    step('pick', ['log'], classes),
    step('add', ['pick'], 1),
    step('negate', ['add'], 1),
    step('total', ['negate'], 1),
    step('mean', ['total'], 1),
    step('base', ['mean'], 1),
  ];
}

const overlaps = (a: PlacedBox, b: PlacedBox): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

describe.each([2, 3, 6])('a chain of %d classes', (classes) => {
  test.each([1216, 900, 330])('within %d pixels', (width) => {
    const placed = arrangeSteps(chainOf(classes), width);
    expect(placed.isAcross).toBe(width === 1216);
    if (placed.isAcross) expect(placed.width).toBeLessThanOrEqual(width);
    for (const [index, box] of placed.boxes.entries()) {
      expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
      expect(box.left + box.width).toBeLessThanOrEqual(placed.width);
      expect(box.top + box.height).toBeLessThanOrEqual(placed.height);
      for (const other of placed.boxes.slice(index + 1)) expect(overlaps(box, other)).toBe(false);
    }
    expect(placed.edges).toHaveLength(14);
    for (const { from, to, path } of placed.edges) {
      const [x1, y1, x2, y2] = (path.match(/-?[\d.]+/g) ?? []).map(Number);
      // Straight along the chain, and through no box but the two that it joins.
      expect(placed.isAcross ? y1 : x1).toBe(placed.isAcross ? y2 : x2);
      for (const { name, left, top, width, height } of placed.boxes) {
        const touches = x1 <= left + width + 0.1 && x2 >= left - 0.1 && y1 <= top + height + 0.1 && y2 >= top - 0.1;
        expect(touches, `${from} to ${to} at ${name}`).toBe(name === from || name === to);
      }
    }
  });
});
