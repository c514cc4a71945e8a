import { Parameter, pow, type Tensor, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { Adam } from '../optimisers/adam.ts';
import { cosineAnnealing } from './cosineAnnealing.ts';
import { exponentialDecay } from './exponentialDecay.ts';
import { multiStepDecay } from './multiStepDecay.ts';
import { oneCycle } from './oneCycle.ts';
import { stepDecay } from './stepDecay.ts';

/*
 * `**` and Math.cos give other last bits in Node 20 than in Node 24, and others again in Firefox, Bun and Deno. Sums over
 * many steps, to their last bit, are the same in all of them.
 */

const steps = Array.from({ length: 3000 }, (_, step) => step);
const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

test('learning rates', () => {
  const schedules = {
    exponentialDecay: exponentialDecay({ base: 0.1, gamma: 0.9973 }),
    stepDecay: stepDecay({ base: 0.1, size: 7, gamma: 0.97 }),
    multiStepDecay: multiStepDecay({ base: 0.1, milestones: steps.map((step) => 3 * step), gamma: 0.993 }),
    cosineAnnealing: cosineAnnealing({ base: 0.1, period: 700 }),
    oneCycle: oneCycle({ peak: 0.1, steps: 3000 }).learningRate,
  };
  const sums = Object.entries(schedules).map(([name, schedule]) => [name, total(steps.map((step) => schedule(step)))]);
  expect(Object.fromEntries(sums)).toMatchInlineSnapshot(`
    {
      "cosineAnnealing": 158.71966229170954,
      "exponentialDecay": 37.0259173297091,
      "multiStepDecay": 42.5192793395243,
      "oneCycle": 151.75042020000026,
      "stepDecay": 23.33328335641791,
    }
  `);
});

test('Adam, and the powers of float64', () => {
  const parameter = new Parameter('p', tensor([1, -2, 3], { dtype: 'float64' }));
  const adam = new Adam([parameter], { learningRate: 0.01, betas: [0.87, 0.993] });
  for (const step of steps.slice(0, 500)) {
    const gradient = pow(tensor([1.1, 0.9, 1.3], { dtype: 'float64' }), (step % 37) - 18.3);
    adam.step({ has: () => true, get: (): Tensor => gradient });
  }
  expect(parameter.toFlatArray()).toMatchInlineSnapshot(`
    Float64Array [
      -2.8639916855501144,
      -5.4110736809992375,
      0.4425701053575087,
    ]
  `);
});
