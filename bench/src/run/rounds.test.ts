import { expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import type { Competitor, Field } from './competitors.ts';
import { noiseOf, playRounds } from './rounds.ts';

const field: Field = { node: 'node', python: 'python3', batch: 64, warmUpSeconds: 0, seconds: 0 };
const silent = (): void => {};

/** A competitor whose turns take so long, one after the other. */
function player(name: string, times: number[], log: string[] = []): Competitor {
  return {
    name,
    family: 'tapegrad',
    turn: async () => {
      log.push(name);
      const medianMs = times.shift();
      if (medianMs === undefined) throw new Problem('no more turns');
      return { medianMs, minMs: medianMs - 1, p90Ms: medianMs + 1, samplesPerSecond: 0, steps: 1 };
    },
  };
}

test('all take their turn in each round, and the middle round counts', async () => {
  const order: string[] = [];
  const players = [player('a', [10, 12, 11], order), player('b', [4, 4, 4], order)];
  const { steps } = await playRounds(players, ['small'], 3, field, silent);
  expect(order.join('')).toBe('ababab');
  expect(steps.map(({ name, medianMs, minMs }) => [name, medianMs, minMs])).toEqual([
    ['a', 11, 9],
    ['b', 4, 3],
  ]);
  expect(noiseOf(steps)?.verdict).toContain('rounds lie 9 % apart in the middle, 18 % at worst');
});

test('the slow have one turn, and say nothing about noise', async () => {
  const { steps } = await playRounds([player('slow', [8400, 1])], ['small'], 3, field, silent);
  expect(steps.map(({ roundMs, spread }) => [roundMs, spread])).toEqual([[[8400], null]]);
  expect(noiseOf(steps)).toBeUndefined();
});

test('who cannot run is left out with a word, and so is who sits out', async () => {
  const sitting = { ...player('sitting', [1]), sitsOut: { big: 'too slow' } };
  const { steps, leftOut } = await playRounds([player('broken', []), sitting], ['big'], 2, field, silent);
  expect(steps).toEqual([]);
  expect(leftOut).toEqual([
    { part: 'steps', what: 'broken on big', why: 'no more turns' },
    { part: 'steps', what: 'sitting on big', why: 'too slow' },
  ]);
});
