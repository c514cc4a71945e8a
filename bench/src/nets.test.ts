import { expect, test } from 'vitest';
import { netNames, stepOperations, workOf } from './nets.ts';

test('layers see the shapes that the design says', () => {
  expect(workOf('small').map(({ shape }) => shape)).toEqual([[1, 28, 28], [8, 12, 12], [256]]);
  expect(workOf('big').map(({ shape }) => shape)).toEqual([[1, 28, 28], [32, 26, 26], [9216], [128]]);
});

test('a step costs 1.7 and 72 million operations an image', () => {
  const millions = netNames.map((net) => (stepOperations(net) / 1e6).toPrecision(2));
  expect(millions).toEqual(['1.7', '72']);
});
