import { type Random, tensor } from '@tapegrad/core';
import { describe, expect, it } from 'vitest';
import { checkSamples, largestDraw } from './samples.ts';

const uniform = (bound: number) => (random: Random) =>
  tensor(Float64Array.from({ length: 100 }, () => random.uniform(-bound, bound)));

describe('samples of an initialiser', () => {
  it('agree with the distribution they come from', () => {
    expect(largestDraw(uniform(0.3))).toBe(0.3);
    const right = { kind: 'uniform', bound: 0.3, deviation: 0.3 / Math.sqrt(3) } as const;
    expect(() => checkSamples('weight', uniform(0.3), right)).not.toThrow();
  });

  it('disagree with another', () => {
    const wide = { kind: 'uniform', bound: 0.4, deviation: 0.4 / Math.sqrt(3) } as const;
    expect(() => checkSamples('weight', uniform(0.3), wide)).toThrow('wanted almost 0.4');
    expect(() => checkSamples('weight', uniform(0.5), wide)).toThrow('wanted at most 0.4');
    const normal = { kind: 'normal', deviation: 0.2 } as const;
    expect(() => checkSamples('weight', uniform(0.3), normal)).toThrow('standard deviation');
    const shifted = (random: Random) => tensor(Float64Array.from({ length: 100 }, () => random.normal(0.1, 0.2)));
    expect(() => checkSamples('weight', shifted, normal)).toThrow('the mean');
  });
});
