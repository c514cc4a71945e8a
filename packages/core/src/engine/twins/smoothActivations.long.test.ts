import { test } from 'vitest';
import { checkTrials, normalNumbers, special, type Trial } from '../../../test/trials.ts';
import type * as twins from './smoothActivations.ts';

/** With remainders of 0 to 7 after pairs of vectors, and in the end of several pieces. */
const lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 31, 64, 1000, 9_001, 70_003];

/** Numbers of all sizes and both signs, and numbers close together where the functions bend. */
const sizes = Float32Array.from({ length: 40_000 }, (_, at) => (at % 2 ? -1 : 1) * 2 ** (-149 + (277 * at) / 40_000));
const bends = Float32Array.from({ length: 40_000 }, (_, at) => (at / 20_000 - 1) * 16);
/** Far below 0 the results are small, and at last denormal. */
const below = Float32Array.from({ length: 40_000 }, (_, at) => -2 - at / 300);

function trialOf(name: keyof typeof twins, x: Float32Array, units: number, absolute = 0): Trial {
  const call: Trial['call'] = (kernels, x, y) => kernels[name](x, y, x.length);
  return { name: `${name}(${x.length})`, inputs: [x], outputs: [new Float32Array(x.length)], call, units, absolute };
}

function trialsOf(name: keyof typeof twins, units: number, absolute = 0): Trial[] {
  const inputs = [...lengths.map((n) => normalNumbers(n, n, true)), Float32Array.from(special), sizes, bends];
  // A tolerance of less than the smallest number stands for zeros of either sign.
  return [...inputs.map((x) => trialOf(name, x, units, absolute)), trialOf(name, below, units, absolute && 1e-50)];
}

test('erf and the normal density are off by three units in the last place', async () => {
  await checkTrials([...trialsOf('erf', 3), ...trialsOf('normalDensity', 3)]);
});

test('gelu and mish are off by a few units in the last place', async () => {
  await checkTrials([...trialsOf('gelu', 7), ...trialsOf('geluTanh', 5), ...trialsOf('mish', 5)]);
});

test('so are their slopes, but for the crossing of 0, near which the error is that of numbers of size 1', async () => {
  const names = ['geluSlope', 'geluTanhSlope', 'mishSlope'] as const;
  await checkTrials(names.flatMap((name) => trialsOf(name, 7, 3e-7)));
});

test('they work in place', async () => {
  const call: Trial['call'] = (kernels, x, y) => {
    y.set(x);
    kernels.gelu(y, y, y.length);
  };
  const x = normalNumbers(101, 1);
  await checkTrials([{ name: 'in place', inputs: [x], outputs: [new Float32Array(101)], call, units: 7 }]);
});
