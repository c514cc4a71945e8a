import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives, gradientTensors } from '../../../test/gradients.ts';
import { double } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { gelu } from './gelu.ts';
import { geluSlope, geluTanhSlope } from './geluSlope.ts';

const points = [-3, -1.2, -0.4, 0, 0.5, 2, 4];

describe.each([
  { slope: geluSlope, approximate: 'none' },
  { slope: geluTanhSlope, approximate: 'tanh' },
] as const)('the slope of gelu, $approximate', ({ slope, approximate }) => {
  it('is what the gradient of gelu is', () => {
    const x = double(points);
    expectClose(gradientTensors((x) => gelu(x, { approximate }), [x])[0], slope(x), 1e-15);
  });

  it('has its own derivatives, twice', () => {
    checkDerivatives(slope, [points]);
  });

  it('is flat at both ends', () => {
    const ends = [-Infinity, -800, 800, Infinity];
    for (const x of [double(ends), tensor(ends)]) {
      expect([...slope(x).toFlatArray()].map(Math.abs)).toEqual([0, 0, 1, 1]);
      expect([...gradientTensors(slope, [x])[0].toFlatArray()].map(Math.abs)).toEqual([0, 0, 0, 0]);
    }
  });
});
