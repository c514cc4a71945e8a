import { chart } from './chart.ts';
import type { Markup } from './html.ts';
import type { Journal } from './journal.ts';
import { figure, percent, table } from './parts.ts';
import { meanOf, stretchesOf } from './stretches.ts';

/** A point of training stands for at least so many steps, so that it can tell small errors. */
const least = 10;
const mostPoints = 120;

/** Accuracy on an axis of the errors left: each line further up has ten times fewer of them. */
export function accuracyFigure(
  { steps, tests }: Journal,
  testImages: number,
  xRange: readonly [number, number],
): Markup {
  const length = Math.max(least, Math.ceil(steps.length / mostPoints));
  const training = stretchesOf(steps, length).flatMap(({ step, accuracy, images }): [number, number][] =>
    accuracy === undefined ? [] : [[step, errorsLeft(accuracy, images)]],
  );
  const tested = tests.map(({ step, accuracy }): [number, number] => [step, errorsLeft(accuracy, testImages)]);
  const smallest = Math.min(...[...training, ...tested].map(([, errors]) => errors), 1);
  return figure(
    'Accuracy',
    chart({
      label: `Accuracy of training and test; at the end ${percent(tests.at(-1)?.accuracy ?? 0)} of the test images are right.`,
      lines: [
        { name: `training, ${meanOf(length)}`, points: training, isMarked: false },
        { name: 'test', points: tested, isMarked: true },
      ],
      xName: 'steps',
      yName: 'accuracy',
      isLogarithmic: true,
      isInverse: true,
      xRange,
      yRange: [10 ** Math.floor(Math.log10(smallest)), 1],
      yFormat: (errors) => `${Number((100 * (1 - errors)).toPrecision(8))} %`,
    }),
    'Each line further up has ten times fewer errors. Training is counted on the batches, before each step learns from its own.',
    table(
      'Accuracy of tests',
      ['steps', 'right', 'wrong of all'],
      tests.map(({ step, accuracy }) => [
        step,
        percent(accuracy),
        `${Math.round((1 - accuracy) * testImages)} of ${testImages}`,
      ]),
    ),
  );
}

/** The share of errors; with none left there is no logarithm, and half an image stands for them. */
function errorsLeft(accuracy: number, images: number): number {
  return Math.max(0.5 / Math.max(1, images), 1 - accuracy);
}
