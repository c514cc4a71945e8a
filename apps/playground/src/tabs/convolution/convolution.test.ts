import katex from 'katex';
import { expect, test } from 'vitest';
import { readFields } from '../../address/fields.ts';
import { viewOf } from './compute/view.ts';
import { convolutionFields, type Form, mostMoves, presetNames, presets } from './fields.ts';
import { kernelsOf } from './kernels.ts';
import { withMoved } from './moved.ts';
import { shadesOf } from './shades.ts';
import { latexOf, sumOf } from './written.ts';

const initial = readFields(convolutionFields, new URLSearchParams());
const view = (some: Partial<Form>) => viewOf({ ...initial, ...some });

const setsWithoutComplaint = (latex: string): void => {
  expect(katex.renderToString(latex, { throwOnError: true, strict: 'error' })).toContain('katex');
};

test('the sum is written with the numbers put in', () => {
  const plain = view({ kernel: 1, at: [0, 0, 1], seed: 1 });
  const [weight, x] = [plain.look.weights[1], plain.picture.input.numbers[1]];
  const [b] = plain.picture.bias;
  const signed = (number: number): string => (number < 0 ? `(${number})` : `${number}`);
  expect(sumOf(plain)).toContain(`&= ${signed(weight)} \\cdot ${signed(x)} + ${signed(b)} \\\\ &= ${plain.look.value}`);
  for (const name of presetNames) {
    for (const look of ['output', 'input'] as const) setsWithoutComplaint(sumOf(view({ ...presets[name], look })));
  }
});

test('a number that nothing leads to is a sum of nothing', () => {
  const alone = view({ stride: 2, kernel: 1, look: 'input', at: [0, 1, 1] });
  expect(alone.look.isLinked.some(Boolean)).toBe(false);
  expect(sumOf(alone)).toContain('&= 0 \\\\ &= 0');
});

test('every formula of nn can be set', () => {
  for (const name of presetNames) {
    for (const { formula, steps } of view(presets[name]).picture.explanations) {
      for (const line of [formula, ...steps]) setsWithoutComplaint(latexOf(line));
    }
  }
  expect(latexOf('⌊(n + 2p − 1)/s⌋ + 1')).toBe('\\left\\lfloor (n + 2p - 1)/s\\right\\rfloor  + 1');
  expect(latexOf('where offsets are 0')).toBe('\\text{where offsets are }0');
});

test('kernels shown are those of the way between the two, for each kind', () => {
  const wide = { kernel: 1, in: 4, out: 4, size: 3, stride: 1, padding: 0 };
  for (const operation of ['convolution', 'transposed'] as const) {
    for (const groups of [1, 2, 4]) {
      for (const look of ['output', 'input'] as const) {
        const shown = view({ ...wide, operation, groups, look, at: [2, 0, 0] });
        for (const { from, to, numbers } of kernelsOf(shown)) {
          const other = look === 'output' ? from : to;
          expect(look === 'output' ? to : from).toBe(2);
          expect(numbers).toEqual([shown.look.weights[other * 9]]);
        }
        expect(kernelsOf(shown)).toHaveLength(4 / groups);
      }
    }
  }
});

test('a moved offset replaces an earlier one, and the oldest goes', () => {
  expect(withMoved([], 1, 2, 0.123, -20)).toEqual([1, 2, 0.12, -9]);
  expect(withMoved([1, 2, 0, 0, 3, 4, 1, 1], 1, 2, 0.5, 0.5)).toEqual([3, 4, 1, 1, 1, 2, 0.5, 0.5]);
  let moved: readonly number[] = [];
  for (let tap = 0; tap <= mostMoves; tap++) moved = withMoved(moved, tap, 0, 0, 0);
  expect([moved.length, moved[0]]).toEqual([4 * mostMoves, 1]);
});

test('shades are runs along rows, and 0 is empty', () => {
  expect(shadesOf([0, 8, 8, 1, 0, 0], 2, 3)).toEqual([
    { opacity: 1, path: 'M1 0h2v1h-2z' },
    { opacity: 0.12 + 0.88 / 8, path: 'M0 1h1v1h-1z' },
  ]);
});
