import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../test/gradients.ts';
import { double } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { mish } from './mish.ts';
import { mishSlope } from './mishSlope.ts';

const points = [-30, -3, -1.2, -0.4, 0, 0.5, 2, 30];

describe('the slope of mish', () => {
  it('is what the gradient of mish is', () => {
    const x = double(points);
    expectClose(gradientTensors(mish, [x])[0], mishSlope(x), 1e-15);
  });

  it('has its own derivatives, twice', () => {
    checkDerivatives(mishSlope, [points]);
  });

  it('is flat at both ends', () => {
    const ends = [-Infinity, -800, 800, Infinity];
    for (const x of [double(ends), tensor(ends)]) {
      expect([...mishSlope(x).toFlatArray()].map(Math.abs)).toEqual([0, 0, 1, 1]);
      expect([...gradientTensors(mishSlope, [x])[0].toFlatArray()].map(Math.abs)).toEqual([0, 0, 0, 0]);
    }
  });
});
