import * as fc from 'fast-check';
import { test } from 'vitest';
import { checkTrials, normalNumbers, type Trial } from '../../../test/trials.ts';
import { Random } from '../../random/random.ts';

type Sizes = readonly [outer: number, length: number, count: number, inner: number];

const few = fc.constantFrom(0, 1, 2, 3);
const some = fc.oneof(few, fc.integer({ min: 1, max: 30 }));
const small = fc.sample(
  fc.tuple(few, fc.integer({ min: 1, max: 30 }), some, fc.oneof(fc.constant(1), some, fc.constant(67))),
  { numRuns: 150, seed: 31 },
);
/** Sizes that are cut into pieces. */
const large: readonly Sizes[] = [
  [1, 300, 1000, 33],
  [1, 5000, 700, 600],
  [700, 20, 30, 1],
  [3, 900, 1100, 7],
  [40, 5, 9, 70],
];
const all: readonly Sizes[] = [...small, ...large];

/** Indices of an axis, and now and then none. */
function indices(count: number, length: number, seed: number, withNone: boolean): Int32Array {
  const random = new Random(seed);
  return Int32Array.from({ length: count }, () => {
    const isNone = withNone && random.uniform() < 1 / 6;
    return isNone ? -1 : Math.floor(random.uniform() * length);
  });
}

type Name = 'take' | 'putTaken' | 'gather' | 'putGathered' | 'takePixels' | 'putPixels';

function trialOf(name: Name, picked: Int32Array, [from, to]: readonly [number, number], sizes: Sizes): Trial {
  return {
    name: `${name}(${sizes.join(', ')})`,
    inputs: [normalNumbers(from, from + 1, from % 3 === 0), picked],
    outputs: [new Float32Array(to)],
    call: (kernels, x, indices, y) => kernels[name](x, indices, y, ...sizes),
  };
}

test('slices are taken and put back, each sum in the order of the indices', async () => {
  const trials = all.flatMap((sizes, seed) => {
    const [outer, length, count, inner] = sizes;
    const [whole, picked] = [outer * length * inner, outer * count * inner];
    const list = indices(count, length, seed, seed % 2 === 0);
    return [trialOf('take', list, [whole, picked], sizes), trialOf('putTaken', list, [picked, whole], sizes)];
  });
  await checkTrials(trials);
});

test('numbers are gathered and put back, each sum in the order of the indices', async () => {
  const trials = all.flatMap((sizes, seed) => {
    const [outer, length, count, inner] = sizes;
    const [whole, picked] = [outer * length * inner, outer * count * inner];
    const list = indices(picked, length, seed, false);
    return [trialOf('gather', list, [whole, picked], sizes), trialOf('putGathered', list, [picked, whole], sizes)];
  });
  await checkTrials(trials);
});

test('pixels are taken for all channels of a set and put back, each sum in the order of the pixels', async () => {
  const planes: readonly Sizes[] = all.map(([sets, size, count, channels]) => [sets, channels % 9, size, count]);
  const trials = planes.flatMap((sizes, seed) => {
    const [sets, channels, planeSize, count] = sizes;
    const [whole, picked] = [sets * channels * planeSize, sets * channels * count];
    const list = indices(sets * count, planeSize, seed, seed % 2 === 0);
    return [trialOf('takePixels', list, [whole, picked], sizes), trialOf('putPixels', list, [picked, whole], sizes)];
  });
  await checkTrials(trials);
});
