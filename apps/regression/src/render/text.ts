import type { Study } from '../study.ts';
import { sentencesOf, verdictOf } from '../words.ts';
import { signs } from './panel.ts';
import { panelsOf } from './panels.ts';
import { tableOf } from './table.ts';
import { wrap } from './wrap.ts';

/** How wide a line is where nobody says, and between which bounds it stays whatever they say. */
const widths = { standard: 80, least: 40, most: 200 };
/** Prose is no easier to read on a wider screen. */
const proseWidth = 100;

/** What the terminal shows: the fits side by side, their numbers, and what happened in words. Plain, without colours. */
export function writeText(study: Study, columns: number = widths.standard): string {
  const width = Math.max(widths.least, Math.min(widths.most, columns));
  const { request, problem } = study;
  const outliers = problem.points.filter(({ isOutlier }) => isOutlier).length;
  const prose = (text: string, indent = 0): string[] => wrap(text, Math.min(width, proseWidth), indent);
  const verdict = verdictOf(study);
  const lines = [
    ...prose(
      `${problem.formula} with noise ${request.noise}: ${problem.points.length} points, ${outliers === 0 ? 'no' : outliers} outliers. ` +
        `The same network of ${request.hidden} hidden units, ${request.steps} steps of Adam under each loss, seed ${request.seed}.`,
    ),
    ...prose(
      `⣀⠤⠒ the fit   ${signs.truth} the true curve   ${signs.inlier} a point   ${signs.outlier} an outlier   ` +
        `${signs.above} ${signs.below} an outlier out of sight`,
    ),
    '',
    ...panelsOf(study, width),
    '',
    ...tableOf(study),
    '',
    ...sentencesOf(study).flatMap((sentence) => prose(sentence, 2)),
    ...(verdict === undefined ? [] : ['', ...prose(verdict)]),
    ...(request.svg === undefined ? [] : ['', `Picture: ${request.svg}`]),
  ];
  return `${lines.join('\n')}\n`;
}
