import { expect, test } from 'vitest';
import { dotCanvas } from './braille.ts';
import { panel } from './panel.ts';

const grid = [0, 1, 2, 3, 4];

test('a panel: points, the true curve, the fit of dots, and outliers as arrows where they are out of sight', () => {
  const lines = panel(
    {
      title: 'L2',
      points: [
        { x: 0, y: 3, isOutlier: false },
        { x: 1, y: 4, isOutlier: true },
        { x: 2, y: 9, isOutlier: true },
        { x: 3, y: -9, isOutlier: true },
        { x: 4, y: 0.5, isOutlier: false },
      ],
      grid,
      truth: grid.map(() => 2),
      curve: grid,
      heights: { low: 0, high: 5 },
    },
    19,
    5,
  );
  expect(lines).toMatchInlineSnapshot(`
    [
      "      L2           ",
      " 4.5 │      ▲      ",
      "     │   ×     ⢀⡠⠒⠉",
      " 2.5 │·     ⢀⡠⠒⠁   ",
      "     │-  ⢀⠤⠊⠁  -  -",
      " 0.5 │⢀⠤⠊⠁     ▼  ·",
      "     └─────────────",
      "      0.0       4.0",
    ]
  `);
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([19]));
});

test('a fit that flies off ends at the rim, and a single height is no division by 0', () => {
  const lines = panel(
    { title: '', points: [], grid: [1, 1], truth: [0, 0], curve: [-1e30, 1e30], heights: { low: -1, high: 1 } },
    16,
    3,
  );
  expect(lines).toHaveLength(6);
  expect(lines.join('')).not.toContain('NaN');
});

test('a cell of dots has eight, and what lies outside of the canvas is not set', () => {
  const dots = dotCanvas(2, 1);
  expect(dots.cell(0, 0)).toBe('');
  dots.set(0, 0);
  dots.set(1, 3);
  for (const [x, y] of [
    [-1, 0],
    [4, 0],
    [0, -1],
    [0, 4],
  ])
    dots.set(x, y);
  expect([dots.cell(0, 0), dots.cell(1, 0)]).toEqual(['⢁', '']);
  for (let dot = 0; dot < 8; dot++) dots.set(2 + (dot % 2), dot >> 1);
  expect(dots.cell(1, 0)).toBe('⣿');
});
