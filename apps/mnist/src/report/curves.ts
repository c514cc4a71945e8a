import { accuracyFigure } from './accuracyFigure.ts';
import { chart } from './chart.ts';
import { html, type Markup } from './html.ts';
import type { Journal } from './journal.ts';
import { digits, figure, percent, seconds, table } from './parts.ts';
import { meanOf, type Stretch, stretchesOf } from './stretches.ts';

/** How many points a line of steps has at most. */
const mostPoints = 240;

/** Loss, accuracy, and learning rate over the steps, and the epochs as a table. */
export function curves(journal: Journal, testImages: number): Markup {
  const { steps, tests, setup } = journal;
  const length = Math.max(1, Math.ceil(steps.length / mostPoints));
  const stretches = stretchesOf(steps, length);
  const last = steps.at(-1)?.step ?? 0;
  const xRange = [0, Math.max(1, last)] as const;
  const tested = tests.flatMap(({ step, loss }): [number, number][] => (loss === undefined ? [] : [[step, loss]]));
  const rates = stretches.map(({ step }) => [step, setup?.learningRate(step - 1) ?? 0] as const);
  const testNote = tests.some(({ loss }) => loss === undefined) ? ' Of some tests only the accuracy is known.' : '';
  return html`<div class="cards">${[
    figure(
      'Loss',
      chart({
        label: `Loss of training and test over ${last} steps, by powers of ten; the numbers are in the table of epochs.`,
        lines: [
          { name: `training, ${meanOf(length)}`, points: stretches.map(({ step, loss }) => [step, loss]) },
          { name: 'test', points: tested, isMarked: true },
        ],
        xName: 'steps',
        yName: 'softmax cross-entropy',
        isLogarithmic: steps.every(({ loss }) => loss > 0),
        xRange,
      }),
      `The axis goes by powers of ten. In training a tenth of each label is spread over all classes, which no model brings to 0; the test has the labels as they are.${testNote}`,
      stretchTable('Loss of training', stretches, ({ loss }) => digits(loss)),
    ),
    accuracyFigure(journal, testImages, xRange),
    figure(
      'Learning rate',
      chart({
        label: `Learning rate over ${last} steps.`,
        lines: [{ name: 'learning rate', points: rates, isMarked: false }],
        xName: 'steps',
        yName: 'learning rate',
        xRange,
      }),
      'What Adam was given for the step: up to its peak and down again, once (one cycle).',
      stretchTable('Learning rate', stretches, ({ step }) => digits(setup?.learningRate(step - 1) ?? 0)),
    ),
    html`<section class="card"><h3>Epochs</h3>${epochTable(journal)}</section>`,
  ]}</div>`;
}

function epochTable({ epochs, tests }: Journal): Markup {
  return table(
    'Mean loss of training while it went on, and the test after it',
    ['epoch', 'steps', 'mean loss', 'test loss', 'test accuracy', 'time'],
    epochs.map(({ epoch, step, meanLoss, seconds: taken }) => {
      const test = tests.findLast((each) => each.step === step);
      const [loss, accuracy] = [test?.loss, test?.accuracy];
      return [
        epoch,
        step,
        meanLoss.toFixed(4),
        loss === undefined ? '–' : loss.toFixed(4),
        accuracy === undefined ? '–' : percent(accuracy),
        seconds(taken),
      ];
    }),
  );
}

function stretchTable(title: string, stretches: readonly Stretch[], cell: (stretch: Stretch) => string): Markup {
  const every = Math.max(1, Math.ceil(stretches.length / 40));
  const chosen = stretches.filter((_, at) => at === stretches.length - 1 || at % every === 0);
  return table(
    title,
    ['up to step', title.toLowerCase()],
    chosen.map((stretch) => [stretch.step, cell(stretch)]),
  );
}
