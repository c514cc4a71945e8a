import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientsOf, gradientTensors } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, double, positions, scattered, uniform } from '../../../test/numbers.ts';
import { bilinearSample, multiply, reshape, sum, type Tensor, tensor, zeros } from '../../index.ts';

/** Four corners, each by the area of the rectangle opposite of it; zeros outside. */
function naiveSample(x: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const [batch, channels, height, width] = x.shape;
  const [, groups, count] = rows.shape;
  const pixel = (n: number, k: number, i: number, j: number): number =>
    i < 0 || i >= height || j < 0 || j >= width ? 0 : x.view.get(n, k, i, j);
  const shape = [batch, channels, count];
  const y = [...positions(shape)].map(([n, k, p]) => {
    const group = Math.floor(k / (channels / groups));
    const [row, column] = [rows.view.get(n, group, p), columns.view.get(n, group, p)];
    let total = 0;
    for (const i of [Math.floor(row), Math.floor(row) + 1]) {
      for (const j of [Math.floor(column), Math.floor(column) + 1]) {
        total += (1 - Math.abs(row - i)) * (1 - Math.abs(column - j)) * pixel(n, k, i, j);
      }
    }
    return total;
  });
  return tensor(Float64Array.from(y), { shape });
}

const samplings = fc.record({
  batch: fc.integer({ min: 0, max: 2 }),
  groups: fc.integer({ min: 1, max: 3 }),
  perGroup: fc.integer({ min: 0, max: 2 }),
  height: fc.integer({ min: 1, max: 5 }),
  width: fc.integer({ min: 1, max: 5 }),
  count: fc.integer({ min: 0, max: 6 }),
});

function numbersFor({ batch, groups, perGroup, height, width, count }: Record<string, number>) {
  return {
    x: uniform([batch, groups * perGroup, height, width], { seed: 1 }),
    rows: uniform([batch, groups, count], { seed: 2, low: -2, high: height + 1 }),
    columns: uniform([batch, groups, count], { seed: 3, low: -2, high: width + 1 }),
  };
}

/** Samples of one image of one channel. */
const at = (x: number[][], rows: number[], columns: number[]) => bilinearSample([[x]], [[rows]], [[columns]]).toList();

describe('values', () => {
  const x = [
    [1, 2],
    [3, 5],
  ];

  test('by hand: pixels at whole places, means between them, zeros outside', () => {
    expect(at(x, [0, 0, 1, 1], [0, 1, 0, 1])).toEqual([[[1, 2, 3, 5]]]);
    expect(at(x, [0.5, 0, 0.5], [0, 0.25, 0.5])).toEqual([[[2, 1.25, 2.75]]]);
    expect(at(x, [-0.5, 1.75, -1, 2, 0], [0, 1, 0, 0, -7])).toEqual([[[0.5, 1.25, 0, 0, 0]]]);
  });

  test('very far away there is nothing; at NaN there is NaN', () => {
    expect(at(x, [1e300, -1e300, Infinity, -Infinity], [0, 0, 0, Infinity])).toEqual([[[0, 0, 0, 0]]]);
    expect(at(x, [Number.NaN, 0], [0, Number.NaN])).toEqual([[[Number.NaN, Number.NaN]]]);
  });

  test.each(dataTypes)('agree with loops, in %s', (dtype) => {
    fc.assert(
      fc.property(samplings, (one) => {
        const numbers = numbersFor(one);
        const [x, rows, columns] = [numbers.x, numbers.rows, numbers.columns].map((array) => tensor(array, { dtype }));
        const y = bilinearSample(x, rows, columns);
        expect(y.dtype).toBe(dtype);
        expectClose(y, naiveSample(x, rows, columns), dtype === 'float64' ? 1e-14 : 1e-6);
      }),
    );
  });

  test('are the same wherever the inputs lie in memory', () => {
    const numbers = numbersFor({ batch: 2, groups: 2, perGroup: 2, height: 4, width: 5, count: 7 });
    const [x, rows, columns] = [numbers.x, numbers.rows, numbers.columns].map(double);
    const scatter = bilinearSample(scattered(x), scattered(rows), scattered(columns));
    expectClose(scatter, bilinearSample(x, rows, columns), 0);
  });
});

describe('derivatives', () => {
  test('between the pixels', () => {
    const numbers = numbersFor({ batch: 2, groups: 2, perGroup: 2, height: 3, width: 4, count: 5 });
    checkDerivatives(bilinearSample, [numbers.x, numbers.rows, numbers.columns]);
  });

  test('of places used for x too', () => {
    const point = uniform([1, 1, 2, 3], { low: 0.1, high: 0.9 });
    checkDerivatives((x) => bilinearSample(x, reshape(x, [1, 1, 6]), reshape(x, [1, 1, 6])), [point]);
  });

  test('at a whole place the one on the right counts: the difference to the next pixel', () => {
    const x = [[[[1, 2, 4, 8]]]];
    const by = (column: number) =>
      gradientsOf((columns) => bilinearSample(double(x), double([[[0]]]), columns), [[[[column]]]]);
    expect([-2, -1, 0, 1, 2, 3, 4].map((column) => by(column))).toEqual(
      [0, 1, 1, 2, 4, -8, 0].map((slope) => [[[[slope]]]]),
    );
  });

  test('by x it is the transpose: <sample(x), y> = <x, ∂x(y)>', () => {
    fc.assert(
      fc.property(samplings, (one) => {
        const { x, rows, columns } = numbersFor(one);
        const f = (x: Tensor): Tensor => bilinearSample(x, rows, columns);
        const output = f(double(x));
        const y = uniform(output.shape, { seed: 4 });
        const [byX] = gradientTensors(f, [x], [...y.data]);
        expect(sum(multiply(byX, x)).item()).toBeCloseTo(sum(multiply(output, y)).item(), 12);
      }),
      { numRuns: 50 },
    );
  });
});

test('every message', () => {
  const x = zeros([2, 4, 5, 5]);
  expect(
    messagesOf({
      'x without batch': () => bilinearSample(zeros([4, 5, 5]), zeros([4, 1, 3]), zeros([4, 1, 3])),
      'rows unlike columns': () => bilinearSample(x, zeros([2, 1, 3]), zeros([2, 1, 4])),
      'places without groups': () => bilinearSample(x, zeros([2, 3]), zeros([2, 3])),
      'places for another batch': () => bilinearSample(x, zeros([1, 1, 3]), zeros([1, 1, 3])),
      'groups that do not divide': () => bilinearSample(x, zeros([2, 3, 3]), zeros([2, 3, 3])),
      'no groups': () => bilinearSample(x, zeros([2, 0, 3]), zeros([2, 0, 3])),
      'mixed types': () => bilinearSample(x, zeros([2, 1, 3], 'float64'), zeros([2, 1, 3])),
    }),
  ).toMatchInlineSnapshot(`
    {
      "groups that do not divide": "ShapeError: bilinearSample: x is [2, 4, 5, 5], rows are [2, 3, 3], columns are [2, 3, 3]; wanted rows and columns of shape [2, groups, places], with groups that divide the 4 channels. Use one group where all channels are read at the same places.",
      "mixed types": "DataTypeError: bilinearSample: x is float32, rows is float64; wanted operands of one type. Convert one of them, for example \`cast(rows, 'float32')\`.",
      "no groups": "ShapeError: bilinearSample: x is [2, 4, 5, 5], rows are [2, 0, 3], columns are [2, 0, 3]; wanted rows and columns of shape [2, groups, places], with groups that divide the 4 channels. Use one group where all channels are read at the same places.",
      "places for another batch": "ShapeError: bilinearSample: x is [2, 4, 5, 5], rows are [1, 1, 3], columns are [1, 1, 3]; wanted rows and columns of shape [2, groups, places], with groups that divide the 4 channels. Use one group where all channels are read at the same places.",
      "places without groups": "ShapeError: bilinearSample: x is [2, 4, 5, 5], rows are [2, 3], columns are [2, 3]; wanted rows and columns of shape [2, groups, places], with groups that divide the 4 channels. Use one group where all channels are read at the same places.",
      "rows unlike columns": "ShapeError: bilinearSample: x is [2, 4, 5, 5], rows are [2, 1, 3], columns are [2, 1, 4]; wanted rows and columns of shape [2, groups, places], with groups that divide the 4 channels. Use one group where all channels are read at the same places.",
      "x without batch": "ShapeError: bilinearSample: x is [4, 5, 5]; wanted [batch, channels, height, width]. Reshape it; a single input needs a batch axis of length 1.",
    }
  `);
});
