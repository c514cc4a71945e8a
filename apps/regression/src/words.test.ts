import { describe, expect, test } from 'vitest';
import { requestWith } from '../test/request.ts';
import type { Fit } from './fit.ts';
import type { LossName } from './losses.ts';
import type { OutlierEffect, StudiedLoss, Study } from './study.ts';
import { sentencesOf, verdictOf } from './words.ts';

const fit: Fit = { loss: 0, curve: [], predictions: [], pulls: [] };

/** A loss whose fit lies `error` from the true curve, and was moved by `moved`. */
function studied(name: LossName, error: number, moved?: number, effect: Partial<OutlierEffect> = {}): StudiedLoss {
  const outliers =
    moved === undefined
      ? undefined
      : {
          distance: 4,
          moved: { rms: moved, most: 2 * moved, at: -1 },
          shareOfPull: 0.6,
          timesThePull: 7.24,
          ...effect,
        };
  return { name, fit, error: { rms: error, most: 2 * error, at: 0 }, inlierDistance: 0.1, outliers };
}

/** Of a true curve whose heights spread by 1. */
function studyOf(losses: readonly StudiedLoss[], noise = 0.1): Study {
  const problem = { points: [], truth: Math.sin, formula: 'y = sin x', grid: [0, 1], random: [1, 2, 3, 4] } as const;
  return { request: requestWith({ noise }), problem, truth: [-1, 1], losses };
}

describe('a sentence for each loss', () => {
  test.each([
    [
      'a fit that is dragged away',
      studied('l2', 0.5, 0.41),
      'L2, slope 2d: an outlier pulls 7.2 times as hard as another point; together the outliers have 60 % of the pull. They drag the fit away: 0.410 (RMS) from where it lies without them, most at x = -1.00, by 0.820. It ends 0.500 (RMS) from the true curve, 5 times the noise of 0.1.',
    ],
    [
      'one that is bent',
      studied('huber', 0.2, 0.39),
      'They bend the fit: 0.390 (RMS) from where it lies without them, most at x = -1.00, by 0.780.',
    ],
    [
      'one that stays',
      studied('l1', 0.05, 0.09),
      'They hardly move the fit: 0.090 (RMS) from where it lies without them. It ends 0.050 (RMS) from the true curve, closer than the noise of 0.1.',
    ],
    ['equal pulls', studied('l1', 0.05, 0.09, { timesThePull: 1 }), 'an outlier pulls no harder than any other point;'],
    [
      'a weaker pull',
      studied('l1', 0.05, 0.09, { timesThePull: 0.5 }),
      'an outlier pulls less than another point, 0.5 times as hard;',
    ],
    [
      'outliers that pull alone',
      studied('l1', 0.05, 0.09, { timesThePull: Infinity, shareOfPull: 1 }),
      'only the outliers pull.',
    ],
    [
      'nothing that pulls',
      studied('l1', 0, 0, { timesThePull: Number.NaN, shareOfPull: Number.NaN }),
      'no point pulls any more.',
    ],
  ])('%s', (_, loss, words) => {
    expect(sentencesOf(studyOf([loss]))[0]).toContain(words);
  });

  test('without outliers, and without noise', () => {
    expect(sentencesOf(studyOf([studied('l2', 0.03)], 0))).toEqual([
      'L2, slope 2d: the fit ends 0.030 (RMS) from the true curve.',
    ]);
  });
});

describe('the verdict', () => {
  test('names the closest and the furthest', () => {
    expect(verdictOf(studyOf([studied('l2', 0.5), studied('l1', 0.05), studied('huber', 0.1)]))).toBe(
      'Closest to the true curve is L1 (0.050), furthest from it L2 (0.500), 10 times as far.',
    );
  });

  test('does not make much of little', () => {
    expect(verdictOf(studyOf([studied('l2', 0.05), studied('l1', 0.06)]))).toBe(
      'All come about as close to the true curve: from L2 (0.050) to L1 (0.060).',
    );
  });

  test('is none for one loss', () => {
    expect(verdictOf(studyOf([studied('l2', 0.05)]))).toBeUndefined();
  });
});
