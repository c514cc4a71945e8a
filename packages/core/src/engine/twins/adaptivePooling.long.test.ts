import * as fc from 'fast-check';
import { test } from 'vitest';
import { checkTrials, normalNumbers, type Trial } from '../../../test/trials.ts';
import type { AdaptivePoolingSizes } from '../../kernels/adaptivePooling.ts';

const side = fc.integer({ min: 1, max: 13 });
const sizes: AdaptivePoolingSizes[] = [
  ...fc.sample(fc.tuple(fc.nat(3), side, side, side, side), { numRuns: 200, seed: 41 }),
  ...fc.sample(
    fc.tuple(fc.nat(3), side, side, fc.constant(1), fc.constant(1)).map((sizes): AdaptivePoolingSizes => sizes),
    { numRuns: 20, seed: 42 },
  ),
  [300, 14, 14, 7, 7],
  [300, 15, 13, 4, 6],
  [70, 32, 32, 1, 1],
  [3, 200, 210, 1, 1],
];

/** Numbers among which ties are frequent, and now and then NaN and infinities. */
function tied(length: number, seed: number): Float32Array {
  return normalNumbers(length, seed, seed % 3 === 0).map((x) => (Math.abs(x) < 10 ? Math.round(x) : x));
}

test('means of cells are the reference but for the last rounding, and their gradients are the very numbers', async () => {
  const trials = sizes.flatMap((sizes, seed): Trial[] => {
    const [planes, height, width, outHeight, outWidth] = sizes;
    const [long, short] = [planes * height * width, planes * outHeight * outWidth];
    return [
      {
        name: `adaptiveAvgPool2d(${sizes})`,
        inputs: [normalNumbers(long, seed)],
        outputs: [new Float32Array(short)],
        call: (kernels, x, y) => kernels.adaptiveAvgPool2d(x, y, ...sizes),
        units: 1,
        absolute: 1e-14,
      },
      {
        name: `adaptiveAvgPool2dGradient(${sizes})`,
        inputs: [normalNumbers(short, seed, seed % 3 === 0)],
        outputs: [new Float32Array(long)],
        call: (kernels, g, x) => kernels.adaptiveAvgPool2dGradient(g, x, ...sizes),
      },
    ];
  });
  await checkTrials(trials);
});

test('the largest of each cell is the very one, the first of equals', async () => {
  const trials = sizes.map((sizes, seed): Trial => {
    const [planes, height, width, outHeight, outWidth] = sizes;
    return {
      name: `adaptiveArgMax2d(${sizes})`,
      inputs: [tied(planes * height * width, seed)],
      outputs: [new Int32Array(planes * outHeight * outWidth)],
      call: (kernels, x, chosen) => kernels.adaptiveArgMax2d(x, chosen, ...sizes),
    };
  });
  await checkTrials(trials);
});
