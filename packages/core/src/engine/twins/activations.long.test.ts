import { test } from 'vitest';
import { checkTrials, normalNumbers, special, type Trial } from '../../../test/trials.ts';
import type { Kernels } from '../kernels.ts';

const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 31, 1000, 9_001, 70_002];

function trialsOf(name: keyof Kernels, units: number, options: readonly number[], absolute = 0): Trial[] {
  const sizes = Float32Array.from({ length: 9_000 }, (_, at) => (at % 2 ? -1 : 1) * 2 ** (-149 + (277 * at) / 9_000));
  const inputs = [...lengths.map((n) => normalNumbers(n, n, true)), Float32Array.from(special), sizes];
  return inputs.map((x) => ({
    name: `${name}(${[x.length, ...options].join(', ')})`,
    inputs: [x],
    outputs: [new Float32Array(x.length)],
    call: (kernels, ...arrays) => (kernels[name] as (...args: unknown[]) => void)(...arrays, x.length, ...options),
    units,
    absolute,
  }));
}

test('leakyRelu and its slope', async () => {
  const slopes = [0.01, 0, -0.5, 1e-60, 1e39, 2];
  await checkTrials(
    slopes.flatMap((slope) => [...trialsOf('leakyRelu', 2, [slope]), ...trialsOf('leakyReluSlope', 0, [slope])]),
  );
});

test('elu and its slopes', async () => {
  const options = [
    ...[
      [1, 1],
      [1.6732632423543772, 1.0507009873554805],
      [-0.3, 2],
    ],
    ...[
      [0, 1],
      [1e-60, 1e30],
    ],
  ];
  await checkTrials(
    options.flatMap(([alpha, scale]) => [
      ...trialsOf('elu', 3, [alpha, scale]),
      ...trialsOf('eluSlope', 3, [alpha, scale]),
      ...trialsOf('eluSlope', 3, [alpha, 0]),
    ]),
  );
});

test('silu', () => checkTrials(trialsOf('silu', 5, [])));

test('softplus and its slope', async () => {
  const thresholds = [20, 0.1, Infinity, -Infinity, Number.NaN];
  await checkTrials(
    thresholds.flatMap((threshold) => [
      ...trialsOf('softplus', 3, [1, threshold]),
      ...trialsOf('softplusSlope', 3, [1, threshold]),
    ]),
  );
});

test('softplus where beta·x is rounded before e is raised to it, and for odd beta', async () => {
  const options = [
    [2.5, 20],
    [0.3, 0.1],
    [-1, 20],
    [0, 1],
    [1e-60, 20],
  ];
  await checkTrials(
    options.flatMap((both) => [...trialsOf('softplus', 120, both), ...trialsOf('softplusSlope', 120, both)]),
  );
});

test('the threshold of softplus is met by the very number', async () => {
  const trials = [0.3, 2.5, 1, 7, 1 / 3].map((beta): Trial => {
    const bound = Math.fround(0.1 / beta);
    const x = Float32Array.from({ length: 41 }, (_, at) => bound * (1 + (at - 20) * 2 ** -23));
    const call: Trial['call'] = (kernels, from, to) => kernels.softplusSlope(from, to, 41, beta, 0.1);
    return { name: `softplusSlope at ${bound}`, inputs: [x], outputs: [new Float32Array(41)], call, units: 2 };
  });
  await checkTrials(trials);
});

test('hardSigmoid and its slope are the very number, also where the line meets 0 and 1', async () => {
  const options = [
    ...[
      [1 / 6, 0.5],
      [0.2, 0.5],
      [-3, 1e-60],
    ],
    ...[
      [0, 0.3],
      [1e-60, 1],
      [1e300, 0],
    ],
  ];
  await checkTrials(
    options.flatMap((both) => [...trialsOf('hardSigmoid', 0, both), ...trialsOf('hardSigmoidSlope', 0, both)]),
  );
  const kinks = Float32Array.from({ length: 82 }, (_, at) => (at % 2 ? 3 : -3) * (1 + (at - 40) * 2 ** -23));
  const call: Trial['call'] = (kernels, x, y) => kernels.hardSigmoidSlope(x, y, 82, 1 / 6, 0.5);
  await checkTrials([{ name: 'at the kinks', inputs: [kinks], outputs: [new Float32Array(82)], call }]);
});
