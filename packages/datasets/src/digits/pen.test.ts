import { describe, expect, test } from 'vitest';
import type { Point } from './glyphs.ts';
import { drawInk } from './pen.ts';

function draw(points: readonly Point[], radius: number, size = 7): Float32Array {
  const picture = new Float32Array(size * size);
  drawInk(picture, size, { points, startRadius: radius, endRadius: radius });
  return picture;
}

describe('drawInk', () => {
  test('is whole on the line, half at its edge, nothing beyond', () => {
    const picture = draw(
      [
        [1, 3],
        [5, 3],
      ],
      1,
    );
    const column = [0, 1, 2, 3, 4, 5, 6].map((y) => picture[y * 7 + 3]);
    expect(column).toEqual([0, 0, 0.5, 1, 0.5, 0, 0]);
  });

  test('draws a piece without length as a dot', () => {
    const picture = draw(
      [
        [3, 3],
        [3, 3],
      ],
      0.5,
    );
    expect(picture[3 * 7 + 3]).toBe(1);
    expect(picture.reduce((sum, ink) => sum + ink, 0)).toBe(1);
  });

  test('lets the stronger ink count where lines meet', () => {
    const once = draw(
      [
        [1, 3],
        [5, 3],
      ],
      1,
    );
    expect(
      draw(
        [
          [1, 3],
          [5, 3],
          [1, 3],
        ],
        1,
      ),
    ).toEqual(once);
  });

  test('stays within the picture', () => {
    expect(
      draw(
        [
          [-9, 3],
          [20, 3],
        ],
        1,
      ).filter((ink) => ink === 1),
    ).toHaveLength(7);
    expect(
      draw(
        [
          [-9, -9],
          [-5, -5],
        ],
        1,
      ).every((ink) => ink === 0),
    ).toBe(true);
  });
});
