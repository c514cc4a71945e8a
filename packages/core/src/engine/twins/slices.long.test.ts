import * as fc from 'fast-check';
import { test } from 'vitest';
import { checkTrials, normalNumbers, type Trial } from '../../../test/trials.ts';
import type { SliceSizes } from '../../kernels/slices.ts';

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const sizes: SliceSizes[] = [
  ...fc.sample(fc.tuple(upTo(3, 0), upTo(4, 0), upTo(7), upTo(40, 0), upTo(6), upTo(4), upTo(3), upTo(3, 0), upTo(3)), {
    numRuns: 200,
    seed: 51,
  }),
  [4, 8, 8, 576, 4, 3, 2, 1, 1],
  [2, 3, 20, 999, 20, 5, 1, 2, 1],
];

test('slices of volumes become channels of images, and their cotangents go back, to the very numbers', async () => {
  const trials = sizes.flatMap((sizes, seed): Trial[] => {
    const [batch, channels, depth, plane, outDepth, kernelDepth] = sizes;
    const [volumes, images] = [batch * channels * depth * plane, batch * outDepth * channels * kernelDepth * plane];
    return [
      {
        name: `unfoldSlices(${sizes})`,
        inputs: [normalNumbers(volumes, seed, seed % 3 === 0)],
        outputs: [new Float32Array(images)],
        call: (kernels, x, y) => kernels.unfoldSlices(x, y, ...sizes),
      },
      {
        name: `foldSlices(${sizes})`,
        inputs: [normalNumbers(images, seed, seed % 3 === 0)],
        outputs: [new Float32Array(volumes)],
        call: (kernels, g, x) => kernels.foldSlices(g, x, ...sizes),
      },
    ];
  });
  await checkTrials(trials);
});
