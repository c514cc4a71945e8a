import { describe, expect, test } from 'vitest';
import * as core from '../packages/core/src/index.ts';
import { allSources, testsIn } from './sources.ts';

const folder = 'packages/core/src/ops';
const files = allSources().filter(({ path }) => path.startsWith(`${folder}/`) && !path.endsWith('/index.ts'));
const names = files.map(({ path }) => path.slice(folder.length + 1, -'.ts'.length));

const load = (name: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ `../packages/core/src/ops/${name}.ts`);

/** Functions of op files that are not for users, each with the reason. */
const internal: Readonly<Record<string, string>> = {
  adaptiveSizes: 'a check of the adaptive poolings',
  asImagePool: 'how poolings of signals and volumes call those of images',
  binary: 'how elementwise ops of two inputs are made; a user writes `record`',
  ChosenIndices: 'what a max pooling notes for its derivative',
  checkBias: 'a check of the convolutions',
  channelsFirst: 'what errors advise for images whose channels come last',
  looksChannelsLast: 'what errors advise for images whose channels come last',
  checkChannelled: 'a check of the normalisations',
  checkChannels: 'a check of the convolutions',
  checkEpsilon: 'a check of the normalisations, for authors of layers',
  checkGroups: 'a check of the convolutions, for authors of layers',
  readWindow: 'how windows are read, for authors of layers',
  checkInput: 'a check of convolutions and poolings',
  checkTransposedWeight: 'a check of the transposed convolutions',
  checkWeight: 'a check of the convolutions',
  convolutionSizes: 'the sizes that conv2d hands to its kernels',
  transposeVolumes: 'one of the three maps that convolutions of volumes and their derivatives are made of',
  convolve: 'one of the three maps that convolutions and their derivatives are made of',
  overSlope: 'how derivatives divide a cotangent; a user writes `divide`',
  readEquation: 'how einsum reads its equation',
  embed: 'the transpose of slice; users call `pad`',
  filterGradient: 'one of the three maps that convolutions and their derivatives are made of',
  globalAxes: 'a check of the global poolings',
  geluSlope: 'the derivative of gelu',
  geluTanhSlope: 'the derivative of gelu by tanh',
  inputGradient: 'one of the three maps that convolutions and their derivatives are made of',
  kernelSizeNames: 'what the lengths of a window are called in messages',
  mishSlope: 'the derivative of mish',
  normaliseGroups: 'what groupNorm and instanceNorm share',
  optionsOf: 'how a convolution hands its window to another one',
  outputLengths: 'the sizes of an output; users ask `shapeOf`',
  padWithItself: 'the modes of pad that put numbers of x around it',
  perAxis: 'how numbers by axis are read',
  perChannel: 'how the normalisations spread one number for each channel',
  poolingSizes: 'the sizes that poolings of images hand to their kernels',
  poolWindow: 'how poolings read their window',
  readPadding: 'how padding is read',
  reduction: 'how reductions are made; a user writes `record`',
  resizedAxes: 'what interpolate reads along each axis',
  scaleAndShift: 'how the normalisations end',
  standardiseGradient: 'the derivative of standardise',
  poolImages: 'max pooling and what it chose, for pooling of signals and volumes',
  shortestLength: 'the least of the sizes that a transposed convolution can give',
  transposedLengths: 'the sizes of a transposed convolution; users ask `shapeOf`',
  transposeMatrices: 'what matmul needs of transpose',
  unary: 'how elementwise ops of one input are made; a user writes `record`',
  timesSlope: 'how derivatives multiply a cotangent by a slope; a user writes `multiply`',
};

test.each(names)('%s has its test beside it', (name) => {
  expect(testsIn(folder)).toContain(`${folder}/${name}.test.ts`);
});

describe('the front door', () => {
  test.each(names)('lets all functions of %s out, but for the internal ones', async (name) => {
    const exported: Record<string, unknown> = await load(name);
    const functions = Object.entries(exported).filter(([, value]) => typeof value === 'function');
    const front: Record<string, unknown> = core;
    const hidden = functions.filter(([key, value]) => !(key in internal) && front[key] !== value).map(([key]) => key);
    expect(hidden).toEqual([]);
    expect(functions.filter(([key]) => key in internal && key in front)).toEqual([]);
  });

  test('keeps no list of internal functions that are gone', async () => {
    const modules: Record<string, unknown>[] = await Promise.all(names.map(load));
    const all = new Set(modules.flatMap(Object.keys));
    expect(Object.keys(internal).filter((name) => !all.has(name))).toEqual([]);
  });
});
