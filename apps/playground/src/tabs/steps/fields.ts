import { choiceField, type Field, numberField, numbersField, type Range, type ValuesOf } from '../../address/fields.ts';
import type { Question } from './question.ts';

export const mostRows = 3;
export const mostClasses = 6;

/** How far numbers may be typed; the sliders of logits cover the part where softmax does something. */
export const ranges = {
  logit: { from: -1000, to: 1000 },
  probability: { from: 0, to: 1 },
  weight: { from: 0, to: 100 },
  constant: { from: -1e6, to: 1e6 },
} satisfies Record<string, Range>;

/** Rows of numbers, all of one length, written `3,1,-3_0,2,1`. */
function gridField(initial: readonly (readonly number[])[], range: Range): Field<readonly (readonly number[])[]> {
  const row = numbersField([], { ...range, atLeast: 2, atMost: mostClasses });
  return {
    initial,
    read: (text) => {
      const rows = text.split('_', mostRows + 1).map(row.read);
      if (rows.length > mostRows || rows.some((numbers) => numbers?.length !== rows[0]?.length)) return undefined;
      return rows.every((numbers) => numbers !== undefined) ? rows : undefined;
    },
    write: (rows) => rows.map(row.write).join('_'),
  };
}

export const fields = {
  logits: gridField([[3, 1, -3]], ranges.logit),
  target: choiceField('index', ['index', 'distribution']),
  labels: numbersField([0], { from: 0, to: mostClasses - 1, isWhole: true, atLeast: 1, atMost: mostRows }),
  distribution: gridField([[0.7, 0.2, 0.1]], ranges.probability),
  weights: numbersField([], { ...ranges.weight, atLeast: 0, atMost: mostClasses }),
  smoothing: numberField(0, { from: 0, to: 1 }),
  reduction: choiceField('mean', ['mean', 'sum', 'none']),
  base: choiceField('e', ['e', '2', '10']),
  dtype: choiceField('float64', ['float64', 'float32']),
  constant: numberField(100, ranges.constant),
  row: numberField(0, { from: 0, to: mostRows - 1, isWhole: true }),
  /** Where the walk is: `forward-exp`, `backward-log`; `loss` is where it turns. */
  at: {
    initial: 'loss',
    read: (text) => (/^((forward|backward)-[a-z]+|loss)$/.test(text) ? text : undefined),
    write: String,
  } satisfies Field<string>,
  speed: choiceField('1', ['0.5', '1', '2']),
};

export type StepsValues = ValuesOf<typeof fields>;

/** The question that the fields ask: what does not fit the logits is cut, or filled up with what changes nothing. */
export function questionOf(values: StepsValues): Question {
  const { logits, smoothing, reduction, base, dtype, constant } = values;
  return { logits, target: targetOf(values), weights: weightsOf(values), smoothing, reduction, base, dtype, constant };
}

/** The weights of the classes that there are. */
export function weightsOf({ logits, weights }: StepsValues): readonly number[] {
  return logits[0].map((_, column) => weights[column] ?? 1);
}

/** The target of the rows and classes that there are. */
export function targetOf({ logits, target, labels, distribution }: StepsValues): Question['target'] {
  const classes = logits[0].length;
  if (target === 'index') {
    return { kind: target, labels: logits.map((_, row) => Math.min(labels[row] ?? 0, classes - 1)) };
  }
  // A row that nobody has written yet begins as a one, so that it is a distribution.
  const shareOf = (row: number, column: number): number => {
    const shares = distribution[row];
    return shares ? (shares[column] ?? 0) : column === 0 ? 1 : 0;
  };
  return { kind: target, rows: logits.map((row, index) => row.map((_, column) => shareOf(index, column))) };
}
