import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinPorts, widthForPorts } from './ports.ts';

const box = (x: number, width: number) => ({ x, y: 0, width, height: 10 });

test('straight below, where nothing is in the way', () => {
  const ports = joinPorts([box(0, 100), box(0, 100)], [{ from: 0, to: 1, bends: [{ x: 70, y: 5 }] }]);
  expect(ports).toEqual([{ leaves: 70, reaches: 70 }]);
});

test('not beyond the corner', () => {
  const ports = joinPorts([box(0, 100), box(200, 100)], [{ from: 0, to: 1, bends: [{ x: 150, y: 5 }] }]);
  expect(ports).toEqual([{ leaves: 84, reaches: 216 }]);
});

test('apart from each other, in the order in which the lines come, on a box that is wide enough', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -200, max: 400 }), { minLength: 1, maxLength: 8 }), (xs) => {
      const width = widthForPorts(xs.length, xs.length);
      const lines = xs.map((x) => ({ from: 0, to: 1, bends: [{ x, y: 5 }] }));
      const ports = joinPorts([box(0, width), box(50, width)], lines).map(({ leaves }) => leaves);
      const sorted = [...ports].sort((a, b) => a - b);
      sorted.slice(1).forEach((port, i) => {
        expect(port - sorted[i]).toBeGreaterThanOrEqual(24);
      });
      expect(sorted[0]).toBeGreaterThanOrEqual(16);
      expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(width - 16);
      xs.forEach((x, i) => {
        xs.forEach((other, j) => {
          if (x < other) expect(ports[i]).toBeLessThan(ports[j]);
        });
      });
    }),
  );
});

test('lines that make a detour leave by one port', () => {
  const [box1, box2] = [box(0, 200), box(300, 100)];
  const detour = { from: 0, to: 1, bends: [{ x: 400, y: 5 }], isDetour: true };
  const ports = joinPorts([box1, box2], [detour, { from: 0, to: 1, bends: [{ x: 20, y: 5 }] }, detour]);
  expect(ports.map(({ leaves }) => leaves)).toEqual([184, 20, 184]);
});
