import { spreadOf } from './distances.ts';
import { losses } from './losses.ts';
import { decimal, factor, percent } from './render/numbers.ts';
import type { OutlierEffect, StudiedLoss, Study } from './study.ts';

/** What happened under each loss, in a few sentences that follow from the numbers. */
export function sentencesOf(study: Study): string[] {
  return study.losses.map((studied) => {
    const { title, slope } = losses[studied.name];
    const effect = studied.outliers ? `${pullOf(studied.outliers)} ${moveOf(studied.outliers, study)} ` : '';
    return `${title}, slope ${slope(study.request)}: ${effect}${effect ? 'It' : 'the fit'} ${closeness(studied, study)}`;
  });
}

function pullOf({ timesThePull, shareOfPull }: OutlierEffect): string {
  if (Number.isNaN(shareOfPull)) return 'no point pulls any more.';
  const share = `together the outliers have ${percent(shareOfPull)} of the pull.`;
  if (timesThePull === Infinity) return `only the outliers pull.`;
  if (timesThePull < 0.95)
    return `an outlier pulls less than another point, ${factor(timesThePull)} times as hard; ${share}`;
  if (timesThePull < 1.05) return `an outlier pulls no harder than any other point; ${share}`;
  return `an outlier pulls ${factor(timesThePull)} times as hard as another point; ${share}`;
}

/** In shares of what the true curve varies by: below the first the fit has hardly moved, from the second on it is lost. */
const hardly = 0.1;
const faraway = 0.4;

function moveOf({ moved }: OutlierEffect, { truth }: Study): string {
  const share = moved.rms / spreadOf(truth);
  const where = `${decimal(moved.rms)} (RMS) from where it lies without them`;
  if (!(share >= hardly)) return `They hardly move the fit: ${where}.`;
  const most = `most at x = ${moved.at.toFixed(2)}, by ${decimal(moved.most)}`;
  return share < faraway ? `They bend the fit: ${where}, ${most}.` : `They drag the fit away: ${where}, ${most}.`;
}

function closeness({ error }: StudiedLoss, { request: { noise } }: Study): string {
  const ratio = error.rms / noise;
  const from = `ends ${decimal(error.rms)} (RMS) from the true curve`;
  if (noise === 0) return `${from}.`;
  return ratio < 1
    ? `${from}, closer than the noise of ${noise}.`
    : `${from}, ${factor(ratio)} times the noise of ${noise}.`;
}

/** Which loss came closest, and which stayed furthest off; nothing for one loss alone. */
export function verdictOf({ losses: studied }: Study): string | undefined {
  if (studied.length < 2) return undefined;
  const sorted = [...studied].sort((a, b) => a.error.rms - b.error.rms);
  const [best, worst] = [sorted[0], sorted[sorted.length - 1]];
  const ratio = worst.error.rms / best.error.rms;
  const named = ({ name, error }: StudiedLoss): string => `${losses[name].title} (${decimal(error.rms)})`;
  if (ratio < 1.5) return `All come about as close to the true curve: from ${named(best)} to ${named(worst)}.`;
  return `Closest to the true curve is ${named(best)}, furthest from it ${named(worst)}, ${factor(ratio)} times as far.`;
}
