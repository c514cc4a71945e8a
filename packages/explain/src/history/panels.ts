import type { Line, Panel, Points } from './panel.ts';

/** What is drawn of a training: `History` of `@tapegrad/nn`, or what `JSON.parse` makes of one that was saved. */
export interface TrainingHistory {
  readonly steps: readonly {
    readonly step: number;
    readonly loss: number;
    readonly learningRate?: number | undefined;
    readonly gradientNorm?: number | undefined;
  }[];
  readonly epochs: readonly {
    readonly step: number;
    readonly meanLoss: number;
    readonly metrics?: Readonly<Record<string, number>> | undefined;
  }[];
}

/** A line of steps has no more points than this; each is then the mean of some steps. */
const mostPoints = 240;

/** A line of epochs with no more points than this has marks. */
const mostMarks = 30;

/** Which charts there are: the loss first, then each metric, the rate and the norm of the gradients. */
export function panelsOf({ steps, epochs }: TrainingHistory): readonly Panel[] {
  const names = [...new Set(epochs.flatMap(({ metrics = {} }) => Object.keys(metrics)))];
  const isLoss = (name: string): boolean => /loss$/i.test(name);
  const measured = (name: string): Line =>
    ofEpochs(
      name,
      epochs.flatMap(({ step, metrics }): Points => (metrics?.[name] === undefined ? [] : [[step, metrics[name]]])),
    );
  const losses = [
    ofSteps(steps.map(({ step, loss }) => [step, loss])),
    ofEpochs(
      'mean of the epoch',
      epochs.map(({ step, meanLoss }) => [step, meanLoss]),
    ),
    ...names.filter(isLoss).map((name) => ({ ...measured(name), name: `${name}, validated` })),
  ];
  const others = names.filter((name) => !isLoss(name));
  const told = (title: string, what: 'learningRate' | 'gradientNorm', isLogarithmic: boolean): Panel => {
    const points = steps.flatMap(({ step, [what]: number }): Points => (number === undefined ? [] : [[step, number]]));
    return { title, lines: [ofSteps(points)], isLogarithmic };
  };
  return [
    { title: 'Loss', lines: losses, isLogarithmic: true },
    ...others.map((name) => ({ title: name, lines: [measured(name)], isLogarithmic: false })),
    told('Learning rate', 'learningRate', false),
    told('Norm of the gradients', 'gradientNorm', true),
  ]
    .map((panel) => ({ ...panel, lines: panel.lines.filter(({ points }) => points.length > 0) }))
    .filter(({ lines }) => lines.length > 0);
}

function ofEpochs(name: string, points: Points): Line {
  return { name, points, isMarked: points.length <= mostMarks };
}

/** A line of steps, thinned to means of so many that it can be drawn. */
function ofSteps(points: Points): Line {
  const length = Math.max(1, Math.ceil(points.length / mostPoints));
  const means = Array.from({ length: Math.ceil(points.length / length) }, (_, at): readonly [number, number] => {
    const part = points.slice(at * length, (at + 1) * length);
    return [part[part.length - 1][0], part.reduce((sum, [, number]) => sum + number, 0) / part.length];
  });
  const name = length === 1 ? 'each step' : `mean of ${length} steps`;
  return { name, points: means, isMarked: points.length === 1 };
}
