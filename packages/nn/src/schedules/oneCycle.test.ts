import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { between } from '../../test/between.ts';
import { expectRates } from '../../test/rates.ts';
import { type OneCycleOptions, oneCycle } from './oneCycle.ts';

test('rises, and falls to nearly nothing, while the momentum falls and rises', () => {
  // Up within steps 0 to 2, down within steps 2 to 6.
  const options = { peak: 1, steps: 7, risingShare: 3 / 7, startDivisor: 2, endDivisor: 5, anneal: 'linear' } as const;
  const { learningRate, momentum } = oneCycle(options);
  expectRates(learningRate, [0.5, 0.75, 1, 0.775, 0.55, 0.325, 0.1]);
  expectRates(momentum, [0.95, 0.9, 0.85, 0.875, 0.9, 0.925, 0.95]);
});

test('in half a wave up and half a wave down', () => {
  const { learningRate } = oneCycle({ peak: 1, steps: 7, risingShare: 3 / 7, startDivisor: 2, endDivisor: 5 });
  const [high, low] = [0.1 + (0.9 * (1 + Math.SQRT1_2)) / 2, 0.1 + (0.9 * (1 - Math.SQRT1_2)) / 2];
  expectRates(learningRate, [0.5, 0.75, 1, high, 0.55, low, 0.1]);
});

test('in three phases it first returns to where it came from', () => {
  const options = { peak: 1, steps: 7, risingShare: 3 / 7, startDivisor: 2, endDivisor: 5, anneal: 'linear' } as const;
  const { learningRate, momentum } = oneCycle({ ...options, threePhases: true });
  expectRates(learningRate, [0.5, 0.75, 1, 0.75, 0.5, 0.3, 0.1]);
  expectRates(momentum, [0.95, 0.9, 0.85, 0.9, 0.95, 0.95, 0.95]);
});

/** PyTorch's loop over the phases. */
function loop(options: Required<OneCycleOptions>, step: number): [rate: number, momentum: number] {
  const { peak, steps, risingShare, startDivisor, endDivisor, threePhases } = options;
  const [first, last] = [peak / startDivisor, peak / startDivisor / endDivisor];
  const { lowestMomentum: low, highestMomentum: high } = options;
  const phases = threePhases
    ? [
        { end: risingShare * steps - 1, rates: [first, peak], momenta: [high, low] },
        { end: 2 * risingShare * steps - 2, rates: [peak, first], momenta: [low, high] },
        { end: steps - 1, rates: [first, last], momenta: [high, high] },
      ]
    : [
        { end: risingShare * steps - 1, rates: [first, peak], momenta: [high, low] },
        { end: steps - 1, rates: [peak, last], momenta: [low, high] },
      ];
  let start = 0;
  for (const [index, { end, rates, momenta }] of phases.entries()) {
    if (step <= end || index === phases.length - 1) {
      const share = (step - start) / (end - start);
      const part = options.anneal === 'linear' ? share : (1 - Math.cos(Math.PI * share)) / 2;
      return [rates[0] + (rates[1] - rates[0]) * part, momenta[0] + (momenta[1] - momenta[0]) * part];
    }
    start = end;
  }
  return expect.fail('there is no phase');
}

test('agrees with a loop over the phases', () => {
  const cycles: fc.Arbitrary<Required<OneCycleOptions>> = fc.record({
    peak: between(0.1, 2),
    steps: fc.integer({ min: 5, max: 30 }),
    risingShare: between(0.21, 0.5),
    anneal: fc.constantFrom('cosine' as const, 'linear' as const),
    startDivisor: between(1, 30),
    endDivisor: between(1, 1e4),
    threePhases: fc.boolean(),
    lowestMomentum: between(0, 0.9),
    highestMomentum: between(0.9, 1),
  });
  fc.assert(
    fc.property(cycles, (options) => {
      const { learningRate, momentum } = oneCycle(options);
      for (let step = 0; step < options.steps; step++) {
        const [rate, m] = loop(options, step);
        expect(learningRate(step)).toBeCloseTo(rate, 12);
        expect(momentum(step)).toBeCloseTo(m, 12);
      }
    }),
  );
});

test('stays where it is past the end', () => {
  const { learningRate, momentum } = oneCycle({ peak: 1, steps: 10 });
  expect([9, 10, 1000].map(learningRate)).toEqual([4e-6, 4e-6, 4e-6]);
  expect([9, 10, 1000].map(momentum)).toEqual([0.95, 0.95, 0.95]);
});

test.each([
  ['one step is the last', { steps: 1 }, [4e-6]],
  ['it may begin at the peak', { steps: 10, risingShare: 0.1 }, [1]],
  ['it may rise to the end', { steps: 2, risingShare: 1 }, [0.04, 1, 1]],
  ['three phases of which two have no length', { steps: 2, risingShare: 0.5, threePhases: true }, [1, 4e-6]],
])('%s', (_, options, rates) => {
  expectRates(oneCycle({ peak: 1, ...options }).learningRate, rates);
});

test('refuses options out of range', () => {
  const make = (options: Partial<OneCycleOptions>) => () => oneCycle({ peak: 0.1, steps: 10, ...options });
  expect(
    messagesOf({
      'a peak below 0': make({ peak: -1 }),
      'no steps': make({ steps: 0 }),
      'half a step': make({ steps: 2.5 }),
      'a share above 1': make({ risingShare: 1.1 }),
      'a start divisor of 0': make({ startDivisor: 0 }),
      'an end divisor below 0': make({ endDivisor: -1 }),
      'momentum below 0': make({ lowestMomentum: -0.1 }),
      'momentum of NaN': make({ highestMomentum: Number.NaN }),
      'another curve': make({ anneal: 'cos' as 'cosine' }),
      'a step below 0': () => oneCycle({ peak: 1, steps: 10 }).momentum(-1),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a peak below 0": "ValueError: oneCycle: peak is -1; wanted a number of at least 0. Choose another peak.",
      "a share above 1": "ValueError: oneCycle: risingShare is 1.1; wanted a number from 0 to 1. Choose another risingShare.",
      "a start divisor of 0": "ValueError: oneCycle: startDivisor is 0; wanted a number above 0. Choose another startDivisor.",
      "a step below 0": "ValueError: oneCycle: step is -1; wanted a number of at least 0. Choose another step.",
      "an end divisor below 0": "ValueError: oneCycle: endDivisor is -1; wanted a number above 0. Choose another endDivisor.",
      "another curve": "ValueError: oneCycle: anneal is 'cos'; wanted 'cosine' or 'linear'. Leave it out for a cosine.",
      "half a step": "ValueError: oneCycle: steps is 2.5; wanted a whole number of at least 1. Choose another steps.",
      "momentum below 0": "ValueError: oneCycle: lowestMomentum is -0.1; wanted a number of at least 0. Choose another lowestMomentum.",
      "momentum of NaN": "ValueError: oneCycle: highestMomentum is NaN; wanted a number of at least 0. Choose another highestMomentum.",
      "no steps": "ValueError: oneCycle: steps is 0; wanted a whole number of at least 1. Choose another steps.",
    }
  `);
});
