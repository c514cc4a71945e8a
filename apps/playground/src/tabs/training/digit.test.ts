import { describe, expect, test } from 'vitest';
import { drawnImage, imageSize, type Stroke } from './digit.ts';

const seven: Stroke = [
  [8, 7],
  [20, 7],
  [13, 22],
];

/** The rows and columns where there is ink, and the centre of it. */
function measured(image: Uint8Array) {
  const inked = [...image].flatMap((ink, index) =>
    ink > 0 ? [[index % imageSize, Math.floor(index / imageSize)]] : [],
  );
  const [columns, rows] = [0, 1].map((axis) => inked.map((point) => point[axis]));
  const total = image.reduce((sum, ink) => sum + ink, 0);
  const centre = (axis: 'x' | 'y'): number =>
    image.reduce((sum, ink, p) => sum + ink * (axis === 'x' ? p % imageSize : Math.floor(p / imageSize)), 0) / total;
  const side = (coordinates: readonly number[]): number => Math.max(...coordinates) - Math.min(...coordinates) + 1;
  return { width: side(columns), height: side(rows), top: Math.min(...rows), bottom: Math.max(...rows), centre };
}

describe('a drawn digit as the nets know it', () => {
  test('nothing drawn is black', () => {
    expect(drawnImage([])).toEqual(new Uint8Array(784));
    expect(drawnImage([[], []])).toEqual(new Uint8Array(784));
  });

  test('a dot is a dot in the middle', () => {
    const image = drawnImage([[[3, 25]]]);
    expect(image.filter((ink) => ink > 0).length).toBeLessThan(16);
    const { centre } = measured(image);
    expect(centre('x')).toBeCloseTo(13.5, 10);
    expect(centre('y')).toBeCloseTo(13.5, 10);
  });

  test('its larger side has 20 pixels, give or take the fading edge of the ink', () => {
    const { height, width } = measured(drawnImage([seven]));
    expect(height).toBeGreaterThanOrEqual(19);
    expect(height).toBeLessThanOrEqual(22);
    expect(width).toBeLessThan(height);
  });

  test('a tall stroke goes through the middle, and is opaque inside', () => {
    const image = drawnImage([
      [
        [1, 0],
        [1, 10],
      ],
    ]);
    const row = image.slice(14 * imageSize, 15 * imageSize);
    // Pixels 13 and 14 are half a pixel away from the middle of the pen, 12 and 15 one and a half.
    expect([...row.slice(11, 17)]).toEqual([0, 51, 255, 255, 51, 0]);
    expect(row.slice(0, 11).every((ink) => ink === 0)).toBe(true);
  });

  test('where it was drawn, and how large, makes no difference', () => {
    const image = drawnImage([seven]);
    for (const [scale, offX, offY] of [
      [1, 3, -5],
      [0.25, 0, 0],
      [40, 7, 100],
    ]) {
      const moved = drawnImage([seven.map(([x, y]) => [scale * x + offX, scale * y + offY])]);
      const furthest = Math.max(...moved.map((ink, index) => Math.abs(ink - image[index])));
      expect(furthest).toBeLessThanOrEqual(1);
    }
  });

  test('the centre of the ink goes to the middle, but the digit stays on the page', () => {
    const { centre, top, bottom } = measured(drawnImage([seven]));
    expect(centre('x')).toBeCloseTo(13.5, 1);
    expect(top).toBeGreaterThanOrEqual(1);
    expect(bottom).toBeLessThanOrEqual(26);
  });

  test('two strokes are both there, and in the same ink as one', () => {
    const [first, second]: [Stroke, Stroke] = [
      [seven[0], seven[1]],
      [seven[1], seven[2]],
    ];
    expect(drawnImage([first, second])).toEqual(drawnImage([seven]));
  });
});
