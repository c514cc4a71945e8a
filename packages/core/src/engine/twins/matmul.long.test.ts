import fc from 'fast-check';
import { mixedNumbers, someNumbers, testTwins } from '../../../test/twins.ts';
import type { MatrixStrides } from '../../kernels/matmul.ts';

interface Product {
  readonly batch: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** How x and y lie: row after row, column after column, or with gaps. */
  readonly x: 'rows' | 'columns' | 'gaps';
  readonly y: 'rows' | 'columns' | 'gaps';
  /** One x for the whole batch. */
  readonly isRepeated: boolean;
  readonly special: readonly number[];
}

function stridesOf(layout: Product['x'], rows: number, columns: number): MatrixStrides {
  if (layout === 'rows') return [rows * columns, columns, 1];
  if (layout === 'columns') return [rows * columns, 1, rows];
  return [(2 * columns + 1) * rows, 2 * columns + 1, 2];
}

/** Random numbers for x and y, as many as their strides reach. */
function product(sizes: Product, seed: number) {
  const { batch, rows, inner, columns, isRepeated, special } = sizes;
  const [xBatch, xRow, xColumn] = stridesOf(sizes.x, rows, inner);
  const xStrides: MatrixStrides = [isRepeated ? 0 : xBatch, xRow, xColumn];
  const yStrides = stridesOf(sizes.y, inner, columns);
  const reach = ([b, r, c]: MatrixStrides, height: number, width: number) =>
    Math.max(0, (batch - 1) * b + (height - 1) * r + (width - 1) * c + 1);
  const x = mixedNumbers(reach(xStrides, rows, inner), seed, special);
  const y = someNumbers(reach(yStrides, inner, columns), seed + 7);
  return {
    name: `${JSON.stringify(sizes)} ${seed}`,
    call: (kernels, room) => {
      const z = room.output(batch * rows * columns);
      kernels.matmul(room.input(x), room.input(y), z, batch, rows, inner, columns, xStrides, yStrides);
    },
  } satisfies Parameters<typeof testTwins>[1]['cases'][number];
}

const size = fc.oneof(
  fc.constantFrom(0, 1, 3, 4, 8),
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 60, max: 140 }),
);
const layout = fc.constantFrom('rows', 'columns', 'gaps');
const products: fc.Arbitrary<Product> = fc.record({
  batch: fc.constantFrom(0, 1, 1, 2, 3),
  rows: size,
  inner: size,
  columns: size,
  x: layout,
  y: layout,
  isRepeated: fc.boolean(),
  special: fc.constantFrom([], [], [Number.NaN, Number.POSITIVE_INFINITY, -0], [1e-42, -3e-40, 1e-45]),
});

const plain = { batch: 1, x: 'rows', y: 'rows', isRepeated: false, special: [] } as const;
/** Sizes that are cut in every way: parts of the inner axis, few rows, few columns, many small matrices. */
const large: readonly Product[] = [
  { ...plain, rows: 64, inner: 3000, columns: 128, y: 'columns' },
  { ...plain, rows: 1, inner: 40_000, columns: 1 },
  { ...plain, rows: 2, inner: 1500, columns: 301, y: 'columns' },
  { ...plain, rows: 301, inner: 515, columns: 3, y: 'columns' },
  { ...plain, rows: 129, inner: 64, columns: 1000, x: 'columns' },
  { ...plain, rows: 5, inner: 300, columns: 3000 },
  { ...plain, rows: 64, inner: 256, columns: 10, y: 'columns' },
  { ...plain, rows: 10, inner: 64, columns: 256, x: 'columns' },
  { ...plain, batch: 700, rows: 5, inner: 6, columns: 7 },
  { ...plain, batch: 2, rows: 9, inner: 2000, columns: 70, isRepeated: true },
  { ...plain, rows: 200, inner: 530, columns: 523 },
  { ...plain, rows: 131, inner: 600, columns: 12, y: 'columns' },
  { ...plain, rows: 97, inner: 259, columns: 300, x: 'columns', y: 'columns' },
  { ...plain, batch: 3, rows: 110, inner: 70, columns: 41, y: 'gaps' },
  { ...plain, rows: 50, inner: 300, columns: 1024 },
];

testTwins('matmul', { cases: fc.sample(products, { numRuns: 120, seed: 5 }).map(product), tolerance: 5e-6 });
// A sum of thousands of products, each some tenths: it is rounded where it is largest, and what is left may be small.
testTwins('matmul of many numbers', { cases: large.map(product), tolerance: 4e-5 });

testTwins('addToRows', {
  cases: [
    ...[0, 1, 2, 70].flatMap((rows) => [0, 1, 3, 4, 10, 33].map((columns) => [rows, columns])),
    [3, 10_001],
    [9000, 5],
  ].map(([rows, columns]) => ({
    name: `${rows} by ${columns}`,
    call: (kernels, room) =>
      kernels.addToRows(
        room.input(someNumbers(columns, 1)),
        room.input(mixedNumbers(rows * columns, 2, [Number.NaN, Number.NEGATIVE_INFINITY])),
        rows,
        columns,
      ),
  })),
  tolerance: 0,
});
