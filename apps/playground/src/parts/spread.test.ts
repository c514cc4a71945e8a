import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spread } from './spread.ts';

describe('spread', () => {
  test('labels with room stay where they want to be', () => {
    expect(spread([80, 10, 40], 10, 0, 100)).toEqual([80, 10, 40]);
  });

  test('labels that want one position stand above and below it', () => {
    expect(spread([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60]);
  });

  test('at an end they are pushed inwards', () => {
    expect(spread([99, 100, 97], 10, 0, 100)).toEqual([90, 100, 80]);
  });

  test('wherever they want to be, none overlap, none change their order, all are inside', () => {
    const wanted = fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { maxLength: 8 });
    fc.assert(
      fc.property(wanted, (wanted) => {
        const positions = spread(wanted, 12, 0, 100);
        const order = wanted.map((_, index) => index).sort((one, other) => wanted[one] - wanted[other]);
        order.slice(1).forEach((index, at) => {
          expect(positions[index] - positions[order[at]]).toBeGreaterThan(12 - 1e-9);
        });
        for (const position of positions) {
          expect(position).toBeGreaterThan(-1e-9);
          expect(position).toBeLessThan(100 + 1e-9);
        }
      }),
    );
  });
});
