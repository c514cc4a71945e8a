import { ValueError } from '@tapegrad/core';
import { checkHas, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { formatNumber } from '../notation/numbers.ts';
import { escapeXml, text } from '../picture/xml.ts';
import { drawPanel, type Panel } from './panel.ts';
import { panelsOf, type TrainingHistory } from './panels.ts';
import { historyClass, historyStyle, mostLines } from './style.ts';

export interface HistoryPictureOptions {
  /** What the picture is called, above it and for those who hear it. Default: `Training over 1000 steps`. */
  readonly title?: string;
  /** How many charts stand beside each other: at least 1. Default: 2. */
  readonly columns?: number;
}

const historyPictureOptions: OptionNames<HistoryPictureOptions> = { title: 'optional', columns: 'optional' };

/** The room of one chart, and of the title above all of them. */
const [width, height, head, gap] = [440, 270, 44, 16];

/**
 * A training as a picture in SVG: the loss of steps and epochs by powers of ten, each metric of `validate`, the learning rate
 * and the norm of the gradients, a chart each where they were told. Metrics whose name ends in `loss` stand beside the loss.
 *
 * It is text alone, made without a browser; it fits light and dark pages, and says in words how each line begins and ends.
 * Of more than 240 steps the means of so many are drawn; a number that is not finite leaves a gap.
 *
 * @param history a `History` of `@tapegrad/nn`, or what `JSON.parse` makes of one that was saved
 * @example
 * const history = { steps: [{ step: 1, loss: 2 }, { step: 2, loss: 1 }], epochs: [{ step: 2, meanLoss: 1.5 }] };
 * historyToSvg(history).slice(0, 4) // "<svg"
 * @throws DataTypeError when it is no history
 * @throws ValueError when nothing has happened yet, more than four metrics are losses, or `columns` is out of range
 */
export function historyToSvg(history: TrainingHistory, options: HistoryPictureOptions = {}, ...surplus: []): string {
  checkSurplus('historyToSvg', surplus);
  const { columns = 2, ...given } = checkOptions('historyToSvg', options, historyPictureOptions);
  checkHas('historyToSvg', 'history', history, ['steps', 'epochs'], {
    wanted: 'a history of steps and epochs',
    remedy: 'Give `fit` a `new History()` among its callbacks, and draw that',
  });
  const panels = panelsOf(history);
  checkDrawable(panels, columns);
  const last = Math.max(...[history.steps, history.epochs].map((all) => all[all.length - 1]?.step ?? 0));
  const { title = `Training over ${last} ${last === 1 ? 'step' : 'steps'}` } = given;
  const across = Math.min(columns, panels.length);
  const whole = {
    width: across * width + gap,
    height: head + Math.ceil(panels.length / across) * (height + gap),
  };
  const boxOf = (at: number) => ({
    x: gap / 2 + (at % across) * width,
    y: head + Math.floor(at / across) * (height + gap),
    width,
    height,
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${historyClass}" role="img" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${panels.map(inWords).map(escapeXml).join('\n')}</desc>`,
    `<style>${historyStyle}</style>`,
    `<rect class="paper" width="${whole.width}" height="${whole.height}"/>`,
    text('title', gap / 2 + 6, 28, 17, title),
    ...panels.map((panel, at) => `<g>${drawPanel(panel, boxOf(at))}</g>`),
    '</svg>',
    '',
  ].join('\n');
}

/** What a chart shows, for those who hear it. */
function inWords({ title, lines }: Panel): string {
  const told = lines.map(({ name, points }) => {
    const [first, last] = [points[0], points[points.length - 1]];
    const start = `${name} ${formatNumber(first[1])} at step ${first[0]}`;
    return points.length === 1 ? start : `${start}, ${formatNumber(last[1])} at step ${last[0]}`;
  });
  return `${title}: ${told.join('; ')}.`;
}

function checkDrawable(panels: readonly Panel[], columns: number): void {
  const fault = (got: string, wanted: string, remedy: string): ValueError =>
    new ValueError({ operation: 'historyToSvg', got, wanted, remedy });
  if (!Number.isSafeInteger(columns) || columns < 1) {
    throw fault(`columns is ${columns}`, 'a whole number of at least 1', 'Leave it out for two beside each other');
  }
  if (panels.length === 0) {
    throw fault('a history without steps and epochs', 'at least one step', 'Draw it when `fit` has begun');
  }
  const crowded = panels.find(({ lines }) => lines.length > mostLines);
  if (crowded) {
    throw fault(
      `${crowded.lines.length} lines of losses`,
      `at most ${mostLines}, which can be told from each other`,
      'Measure fewer, or give some a name that does not end in loss: each gets a chart of its own',
    );
  }
}
