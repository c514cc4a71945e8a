import { onWarning, type Warning } from '@tapegrad/core';
import { afterEach, expect, test } from 'vitest';
import { warnAtChance } from './warnAtChance.ts';

let restore = (): void => {};
afterEach(() => restore());

function heardFor(losses: readonly number[]): Warning[] {
  const heard: Warning[] = [];
  restore = onWarning((warning) => heard.push(warning));
  const callback = warnAtChance({ classes: 10, after: 3 });
  losses.forEach((loss, index) => {
    callback.onStep?.({ epoch: 1, step: index + 1, stepInEpoch: index + 1, totalLoss: 0, loss });
  });
  return heard;
}

test('a model that guesses is told of, once', () => {
  const heard = heardFor([2.31, 2.29, 2.3, 2.3, 2.3, 2.3]);
  expect(heard.map(({ message }) => message)).toMatchInlineSnapshot(`
    [
      "after 3 steps the mean loss of the last 3 is 2.3000, that of guessing among 10 classes is 2.3026. Check that labels belong to their images, and try another learning rate.",
    ]
  `);
});

test('a model that learns, or has too few steps yet, is not', () => {
  expect(heardFor([2.3, 2, 1.5])).toEqual([]);
  expect(heardFor([2.3, 2.3])).toEqual([]);
});

test('its options are checked', () => {
  expect(() => warnAtChance({ classes: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: warnAtChance: classes is 1, after is 200; wanted at least 2 classes and at least 1 step. Give the number of classes of the model.]`,
  );
});
