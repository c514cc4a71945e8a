import * as fc from 'fast-check';
import { test } from 'vitest';
import { checkTrials, normalNumbers, type Trial } from '../../../test/trials.ts';

interface View {
  readonly start: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const size = (shape: readonly number[]): number => shape.reduce((total, length) => total * length, 1);

function trial({ start, shape, strides }: View, seed = 1): Trial {
  // All indices that the view reads lie between these.
  const ends = shape.map((length, axis) => (length - 1) * strides[axis]);
  const lowest = ends.reduce((sum, end) => sum + Math.min(0, end), 0);
  const highest = ends.reduce((sum, end) => sum + Math.max(0, end), 0);
  const isEmpty = shape.includes(0);
  return {
    name: `copyStrided([${shape}], [${strides}])`,
    inputs: [normalNumbers(isEmpty ? start : highest - lowest + 1 + start, seed, true)],
    outputs: [new Float32Array(size(shape))],
    call: (kernels, x, y) => kernels.copyStrided(x, y, isEmpty ? 0 : start - lowest, shape, strides),
  };
}

/** What ops make: axes in another order, reversed, cut with steps, repeated. */
const views: fc.Arbitrary<View> = fc
  .array(
    fc.record({
      length: fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 23 }), fc.constant(1)),
      order: fc.nat(),
      change: fc.constantFrom('none', 'none', 'none', 'none', 'none', 'reverse', 'repeat', 'step'),
    }),
    { maxLength: 6 },
  )
  .filter((axes) => size(axes.map(({ length }) => length)) < 20_000)
  .chain((axes) => {
    const strides = axes.map(() => 0);
    let stride = 1;
    for (const axis of axes.map((_, at) => at).sort((a, b) => axes[a].order - axes[b].order)) {
      const { length, change } = axes[axis];
      if (change === 'step') stride *= 2;
      strides[axis] = change === 'repeat' ? 0 : change === 'reverse' ? -stride : stride;
      if (change !== 'repeat') stride *= Math.max(1, length);
    }
    const shape = axes.map(({ length }) => length);
    return fc.nat(3).map((start) => ({ start, shape, strides }));
  });

test('views of every kind are laid out as by the reference', async () => {
  await checkTrials(fc.sample(views, { numRuns: 300, seed: 5 }).map((view, seed) => trial(view, seed)));
});

test.each([
  ['images to channels last and back', [5, 30, 70, 31], [65_100, 1, 930, 30]],
  ['a matrix transposed', [301, 403], [1, 301]],
  ['one long line', [150_001], [1]],
  ['one number many times', [100_003], [0]],
  ['every third number', [70_001], [3]],
  ['a bias for all images', [9, 33, 17, 19], [0, 1, 0, 0]],
  ['a row for all rows', [700, 103], [0, 1]],
  ['many short rows', [9_001, 3], [4, 1]],
  ['rows backwards', [300, 301], [-301, -1]],
])('%s', (_, shape, strides) => checkTrials([trial({ start: 2, shape, strides })]));

test('more axes than the routines know', async () => {
  const odd = trial({ start: 0, shape: Array(8).fill(2), strides: [1, 3, 9, 27, 81, 243, 729, 2187] });
  const even = trial({
    start: 0,
    shape: Array(12).fill(2),
    strides: Array.from({ length: 12 }, (_, at) => 2 ** (11 - at)),
  });
  await checkTrials([odd, even]);
});

test('no axes are one number, and axes of length 0 none', async () => {
  await checkTrials([
    trial({ start: 3, shape: [], strides: [] }),
    trial({ start: 3, shape: [1, 1], strides: [9, -7] }),
  ]);
  await checkTrials([trial({ start: 3, shape: [4, 0], strides: [1, 1] })]);
});
