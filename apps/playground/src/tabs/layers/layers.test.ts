import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { readFields } from '../../address/fields.ts';
import { shownOf } from './compute/shown.ts';
import { activationNames, type Form, layerFields, layerNames } from './fields.ts';
import { remarkOn } from './remarks.ts';
import { lookIn, walkOf } from './walk.ts';
import { operandIn, writtenOut } from './written.ts';

const initial = readFields(layerFields, new URLSearchParams());
const formOf = (some: Partial<Form>): Form => ({ ...initial, ...some });

const forms: readonly Form[] = [
  ...layerNames.map((layer) => formOf({ layer })),
  formOf({ layer: 'pooling', poolStride: '1' }),
  formOf({ layer: 'pooling', pool: 'average' }),
  formOf({ layer: 'pooling', pool: 'average', poolStride: '1' }),
  formOf({ layer: 'dropout', rate: 0.25, seed: 7 }),
  ...activationNames.map((activation) => formOf({ layer: 'activation', activation })),
  ...(['2', '3'] as const).flatMap((kernel) =>
    (['0', '1'] as const).flatMap((padding) =>
      (['1', '2'] as const).map((stride) => formOf({ layer: 'convolution', kernel, padding, stride })),
    ),
  ),
];

const close = (one: readonly number[], other: readonly number[]): void => {
  expect(one).toHaveLength(other.length);
  one.forEach((number, at) => {
    expect(number).toBeCloseTo(other[at], 12);
  });
};

const all = forms.map((form) => ({ form, shown: shownOf(form) }));

describe.each(all)('$form.layer $form.kernel $form.padding $form.stride $form.pool $form.activation', ({ shown }) => {
  const { view } = shown;

  test('the gradient of each operand is g times its Jacobian, and links are wherever that is not 0', () => {
    const g = view.cotangent.numbers;
    for (const { gradient, jacobian, isLinked, numbers } of view.operands) {
      close(
        gradient,
        numbers.map((_, at) => jacobian.reduce((sum, row, k) => sum + g[k] * row[at], 0)),
      );
      jacobian.forEach((row, k) => {
        row.forEach((factor, at) => {
          if (factor !== 0) expect(isLinked[k][at]).toBe(true);
        });
      });
    }
    expect(view.loss).toBeCloseTo(
      view.output.numbers.reduce((sum, y, k) => sum + g[k] * y, 0),
      12,
    );
  });

  test('numbers of the walk are written out in formulas that can be set', () => {
    // Every fifth of a grid stands for the others.
    for (const look of walkOf(view).filter(({ at }) => at % 5 === 0)) {
      const latex = writtenOut(shown, look);
      expect(katex.renderToString(latex, { throwOnError: true, strict: 'error', displayMode: true })).toContain(
        'katex',
      );
      expect(latex).not.toMatch(/NaN|undefined/);
    }
  });
});

describe('convolution', () => {
  test('the turned kernel slid over g is the gradient of the input, for each size, padding and stride', () => {
    const convolutions = all.filter(({ form }) => form.layer === 'convolution');
    expect(convolutions.length).toBeGreaterThan(8);
    for (const { shown } of convolutions) {
      const { view, flip } = shown;
      const [x, weight] = view.operands;
      expect([flip?.slid.rows, flip?.slid.columns]).toEqual([4, 4]);
      close(flip?.slid.numbers ?? [], x.gradient);
      expect(flip?.turned.numbers).toEqual(weight.numbers.toReversed());
    }
  });

  test('the example by hand: what one pixel and one weight get', () => {
    const form = formOf({
      layer: 'convolution',
      'convolution-weight': [1, 2, 3, 4],
      'convolution-cotangent': [1, 10, 0, 100, 1000, 0, 0, 0, 0],
    });
    const { view } = shownOf(form);
    // x₁,₁ is read by four outputs: 4·1 + 3·10 + 2·100 + 1·1000.
    expect(operandIn(view, 'x').gradient[5]).toBe(1234);
    const x = operandIn(view, 'x').numbers;
    expect(operandIn(view, 'weight').gradient[0]).toBe(x[0] + 10 * x[1] + 100 * x[4] + 1000 * x[5]);
    expect(operandIn(view, 'bias').gradient).toEqual([1111]);
    expect(remarkOn(shownOf(form), { grid: 'x', at: 5 })).toBe('turned');
    expect(writtenOut(shownOf(form), { grid: 'x', at: 5 })).toContain(
      '1 \\cdot 4 + 10 \\cdot 3 + 100 \\cdot 2 \\\\ &\\quad + 1000 \\cdot 1',
    );
  });

  test('a factor of 0 is a link all the same', () => {
    const { view } = shownOf(formOf({ layer: 'convolution', 'convolution-weight': [0, 0, 0, 0] }));
    expect(operandIn(view, 'x').isLinked[0].filter(Boolean)).toHaveLength(4);
  });

  test('a pixel that the last window does not reach gets nothing', () => {
    const shown = shownOf(formOf({ layer: 'convolution', kernel: '3', stride: '2' }));
    expect(operandIn(shown.view, 'x').gradient[15]).toBeCloseTo(0, 12);
    expect(remarkOn(shown, { grid: 'x', at: 15 })).toBe('unread');
  });
});

describe('pooling', () => {
  test('of ties the first in reading order gets all', () => {
    const shown = shownOf(formOf({ layer: 'pooling', 'pooling-cotangent': [1, 2, -1, 4] }));
    // The windows are (3, 1, 0, 3), four twos, (5, 1, 2, 6) and (0, 4, 3, 1).
    expect(shown.view.output.numbers).toEqual([3, 2, 6, 4]);
    expect(operandIn(shown.view, 'x').gradient).toEqual([1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, -1, 0, 0]);
    const remark = (grid: 'x' | 'output', at: number) => remarkOn(shown, { grid, at });
    expect([remark('output', 0), remark('x', 0), remark('x', 5), remark('x', 1)]).toEqual([
      'tie',
      'tie',
      'tie',
      'notChosen',
    ]);
    expect([remark('output', 3), remark('x', 11), remark('x', 15)]).toEqual(['chosen', 'chosen', 'notChosen']);
  });

  test('a mean gives each a quarter', () => {
    const { view } = shownOf(formOf({ layer: 'pooling', pool: 'average' }));
    expect(operandIn(view, 'x').gradient[0]).toBe(0.25 * view.cotangent.numbers[0]);
  });
});

test('relu and its kin at 0: which slope is taken at the kink', () => {
  const { kinks } = shownOf(formOf({ layer: 'activation' }));
  const slopes = Object.fromEntries(
    kinks?.map(({ name, slopes }) => [name, slopes.map((s) => Number(s.toFixed(4)))]) ?? [],
  );
  expect(slopes).toEqual({
    relu: [0, 0, 1],
    leakyRelu: [0.01, 0.01, 1],
    relu6: [0, 0, 1],
    elu: [1, 1, 1],
    softplus: [0.5, 0.5, 0.5],
    silu: [0.5, 0.5, 0.5],
    gelu: [0.5, 0.5, 0.5],
    hardSwish: [0.5, 0.5, 0.5],
  });
  expect(kinks?.filter(({ isKink }) => isKink).map(({ name }) => name)).toEqual(['relu', 'leakyRelu', 'relu6']);
  const shown = (activation: Form['activation']) => shownOf(formOf({ layer: 'activation', activation }));
  expect(remarkOn(shown('relu'), { grid: 'x', at: 3 })).toBe('kink');
  expect(remarkOn(shown('gelu'), { grid: 'x', at: 3 })).toBe('bent');
  expect(remarkOn(shown('relu'), { grid: 'x', at: 0 })).toBe('flat');
  expect(remarkOn(shown('relu'), { grid: 'x', at: 6 })).toBe('passes');
});

test('batch normalisation spreads a gradient over its column, whose sum stays 0', () => {
  const { view, statistics } = shownOf(
    formOf({
      layer: 'batchNorm',
      'batchNorm-cotangent': [1, 0, 0, 0, 0, 0, 0, 0],
      'batchNorm-x': [1, 1, 2, 2, 4, 3, 5, 6],
    }),
  );
  const { gradient, isLinked } = operandIn(view, 'x');
  const column = [0, 2, 4, 6].map((at) => gradient[at]);
  expect(column.every((slope) => slope !== 0)).toBe(true);
  expect(column.reduce((sum, slope) => sum + slope)).toBeCloseTo(0, 12);
  expect([1, 3, 5, 7].map((at) => Math.abs(gradient[at]))).toEqual([0, 0, 0, 0]);
  expect(isLinked[0]).toEqual([true, false, true, false, true, false, true, false]);
  expect(statistics?.mean).toEqual([3, 3]);
  expect(statistics?.deviation[0]).toBeCloseTo(Math.sqrt(2.5 + 1e-5), 12);
});

test('dropout: the seed says which are dropped, and the others grow', () => {
  const { view } = shownOf(formOf({ layer: 'dropout', rate: 0.75, seed: 1 }));
  const x = operandIn(view, 'x');
  const factors = x.jacobian.map((row, at) => row[at]);
  expect(new Set(factors)).toEqual(new Set([0, 4]));
  close(
    view.output.numbers,
    x.numbers.map((number, at) => factors[at] * number),
  );
  const again = shownOf(formOf({ layer: 'dropout', rate: 0.75, seed: 1 }));
  expect(operandIn(again.view, 'x').jacobian).toEqual(x.jacobian);
  const all = shownOf(formOf({ layer: 'dropout', rate: 0 }));
  expect(all.view.output.numbers).toEqual(operandIn(all.view, 'x').numbers);
});

test('a dense layer adds up the rows of the batch in its weights, and not in its inputs', () => {
  const form = formOf({
    layer: 'dense',
    'dense-x': [1, 2, 3, 10, 20, 30],
    'dense-weight': [1, 0, 2, 0, 1, -1],
    'dense-cotangent': [1, 0, 1, 2],
  });
  const { view } = shownOf(form);
  expect(operandIn(view, 'weight').gradient).toEqual([11, 22, 33, 20, 40, 60]);
  expect(operandIn(view, 'x').gradient).toEqual([1, 0, 2, 1, 2, 0]);
  expect(operandIn(view, 'bias').gradient).toEqual([2, 2]);
});

test('the walk goes through every output, then back to every element, and looks at nothing that is not there', () => {
  const { view } = shownOf(formOf({ layer: 'dense' }));
  expect(walkOf(view).map(({ grid }) => grid)).toEqual([
    ...new Array(4).fill('output'),
    ...new Array(6).fill('x'),
    ...new Array(6).fill('weight'),
    ...new Array(2).fill('bias'),
  ]);
  expect(lookIn(view, { grid: 'x', at: 99 })).toEqual({ grid: 'x', at: 5 });
  const pooling = shownOf(formOf({ layer: 'pooling' })).view;
  expect(lookIn(pooling, { grid: 'bias', at: 1 })).toEqual({ grid: 'output', at: 0 });
});

test('numbers that were set for another size wait until it is back', () => {
  const set = formOf({ layer: 'convolution', 'convolution-weight': [5, 6, 7, 8] });
  expect(operandIn(shownOf(set).view, 'weight').numbers).toEqual([5, 6, 7, 8]);
  expect(operandIn(shownOf({ ...set, kernel: '3' }).view, 'weight').numbers).toHaveLength(9);
});
