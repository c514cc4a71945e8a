import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { between } from '../../test/between.ts';
import { ReduceOnPlateau, type ReduceOnPlateauOptions } from './reduceOnPlateau.ts';

const ratesOf = (options: Partial<ReduceOnPlateauOptions>, metrics: readonly number[]): number[] => {
  const plateau = new ReduceOnPlateau({ base: 1, factor: 0.5, patience: 1, ...options });
  return metrics.map((metric) => plateau.report(metric));
};

test('waits while the metric becomes better, and longer than its patience', () => {
  expect(ratesOf({}, [5, 4, 4, 4, 3, 3, 3, 3])).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]);
});

test('without patience it waits for nothing', () => {
  expect(ratesOf({ patience: 0 }, [5, 5, 5, 4, 4])).toEqual([1, 0.5, 0.25, 0.25, 0.125]);
});

test('looks for the highest where told so', () => {
  expect(ratesOf({ mode: 'max' }, [1, 2, 3, 3, 3, 2])).toEqual([1, 1, 1, 1, 0.5, 0.5]);
});

describe('the threshold', () => {
  test('is a share of the best', () => {
    // From 10, better is below 9.
    expect(ratesOf({ threshold: 0.1, patience: 0 }, [10, 9, 8.9])).toEqual([1, 0.5, 0.5]);
    expect(ratesOf({ threshold: 0.1, patience: 0, mode: 'max' }, [10, 11, 11.1])).toEqual([1, 0.5, 0.5]);
  });

  test('or a difference from it', () => {
    const options = { threshold: 0.25, thresholdMode: 'absolute', patience: 0 } as const;
    expect(ratesOf(options, [10, 9.75, 9.7])).toEqual([1, 0.5, 0.5]);
    expect(ratesOf({ ...options, mode: 'max' }, [10, 10.25, 10.3])).toEqual([1, 0.5, 0.5]);
  });
});

test('does not count while it cools down', () => {
  expect(ratesOf({ patience: 0, cooldown: 2 }, [1, 1, 1, 1, 1, 1, 1, 1])).toEqual([
    1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125,
  ]);
});

test('goes no lower than the minimum, and makes no change that is too small', () => {
  expect(ratesOf({ patience: 0, minimum: 0.3 }, [1, 1, 1, 1])).toEqual([1, 0.5, 0.3, 0.3]);
  expect(ratesOf({ patience: 0, epsilon: 0.2 }, [1, 1, 1, 1])).toEqual([1, 0.5, 0.25, 0.25]);
  expect(ratesOf({ base: 0.1, minimum: 0.2, patience: 0 }, [1, 1])).toEqual([0.1, 0.1]);
});

test.each(['min', 'max'] as const)('NaN is no better than anything, in mode %s', (mode) => {
  expect(ratesOf({ mode }, [Number.NaN, Number.NaN, 1, Number.NaN, Number.NaN])).toEqual([1, 0.5, 0.5, 0.5, 0.25]);
});

test('the first infinity of the worst kind is no better either', () => {
  expect(ratesOf({}, [Infinity, Infinity])).toEqual([1, 0.5]);
  expect(ratesOf({ mode: 'max' }, [-Infinity, -Infinity])).toEqual([1, 0.5]);
});

test('has the options of PyTorch unless told otherwise', () => {
  const plateau = new ReduceOnPlateau({ base: 1 });
  expect(plateau.learningRate).toBe(1);
  // Better by just too little, eleven times.
  const rates = [1, ...new Array<number>(11).fill(0.9999)].map((metric) => plateau.report(metric));
  expect(rates).toEqual([...new Array<number>(11).fill(1), 0.1]);
  expect(plateau.learningRate).toBe(0.1);
});

test('goes on from its state as if there had been no pause', () => {
  const metrics = fc.array(between(0, 1), { maxLength: 20 });
  fc.assert(
    fc.property(metrics, metrics, fc.nat(2), fc.nat(2), (before, after, patience, cooldown) => {
      const options = { base: 1, patience, cooldown };
      const [one, two] = [new ReduceOnPlateau(options), new ReduceOnPlateau(options)];
      for (const metric of before) one.report(metric);
      const state = one.state();
      two.load(structuredClone(state));
      for (const metric of after) expect(two.report(metric)).toBe(one.report(metric));
      expect(two.state()).toEqual(one.state());
    }),
  );
});

test('refuses options and states out of range', () => {
  const make = (options: Partial<ReduceOnPlateauOptions>) => () => new ReduceOnPlateau({ base: 1, ...options });
  const plateau = new ReduceOnPlateau({ base: 1 });
  const state = plateau.state();
  expect(
    messagesOf({
      'a base below 0': make({ base: -1 }),
      'a factor of 1': make({ factor: 1 }),
      'patience below 0': make({ patience: -1 }),
      'a threshold of NaN': make({ threshold: Number.NaN }),
      'a cooldown below 0': make({ cooldown: -1 }),
      'a minimum below 0': make({ minimum: -1 }),
      'epsilon below 0': make({ epsilon: -1 }),
      'another mode': make({ mode: 'lowest' as 'min' }),
      'another threshold mode': make({ thresholdMode: 'rel' as 'relative' }),
      'a state whose rate is below 0': () => plateau.load({ ...state, learningRate: -1 }),
      'a state whose best is NaN': () => plateau.load({ ...state, best: Number.NaN }),
      'a state that waited for NaN': () => plateau.load({ ...state, waited: Number.NaN }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a base below 0": "ValueError: ReduceOnPlateau: base is -1; wanted a number of at least 0. Choose another base.",
      "a cooldown below 0": "ValueError: ReduceOnPlateau: cooldown is -1; wanted a number of at least 0. Choose another cooldown.",
      "a factor of 1": "ValueError: ReduceOnPlateau: factor is 1; wanted a number from 0 to below 1. Choose another factor.",
      "a minimum below 0": "ValueError: ReduceOnPlateau: minimum is -1; wanted a number of at least 0. Choose another minimum.",
      "a state that waited for NaN": "ValueError: ReduceOnPlateau.load: waited is NaN; wanted a number of at least 0. Choose another waited.",
      "a state whose best is NaN": "ValueError: ReduceOnPlateau.load: best is NaN; wanted a number. Choose another best.",
      "a state whose rate is below 0": "ValueError: ReduceOnPlateau.load: learningRate is -1; wanted a number of at least 0. Choose another learningRate.",
      "a threshold of NaN": "ValueError: ReduceOnPlateau: threshold is NaN; wanted a number of at least 0. Choose another threshold.",
      "another mode": "ValueError: ReduceOnPlateau: mode is 'lowest'; wanted 'min' or 'max'. Choose another mode.",
      "another threshold mode": "ValueError: ReduceOnPlateau: thresholdMode is 'rel'; wanted 'relative' or 'absolute'. Choose another thresholdMode.",
      "epsilon below 0": "ValueError: ReduceOnPlateau: epsilon is -1; wanted a number of at least 0. Choose another epsilon.",
      "patience below 0": "ValueError: ReduceOnPlateau: patience is -1; wanted a number of at least 0. Choose another patience.",
    }
  `);
  expect(plateau.state()).toEqual(state);
});
