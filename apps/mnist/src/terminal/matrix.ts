import type { ConfusionMatrix } from '@tapegrad/nn';
import { type Colour, painted } from './colours.ts';
import type { Screen } from './screen.ts';

const longestName = 12;
/** How many pairs of classes are listed where a matrix has no room. */
const mostPairs = 10;
const green: Colour = [64, 160, 96];
const grey: Colour = [110, 110, 110];
const white: Colour = [255, 255, 255];

/**
 * A confusion matrix in characters: rows are the right classes, columns what the model named. Where the counts have no
 * room each is one character; where that has none either, the commonest confusions are listed.
 */
export function matrixLines(matrix: ConfusionMatrix, classes: readonly string[], screen: Screen): string[] {
  const names = classes.map((name) => name.slice(0, longestName));
  const label = Math.max(...names.map((name) => name.length));
  const cell = 1 + Math.max(...matrix.flat().map((count) => String(count).length));
  const heading = 'rows are the right classes, columns what was named';
  const lines =
    label + classes.length * cell <= screen.width
      ? wholeMatrix(matrix, names, label, cell, screen)
      : label + 1 + classes.length <= screen.width
        ? [...oneCharacterEach(matrix, names, label, screen), ...wrapped(key(screen), screen.width)]
        : pairs(matrix, classes, screen);
  return [...wrapped(heading, screen.width), ...lines];
}

function wholeMatrix(
  matrix: ConfusionMatrix,
  names: readonly string[],
  label: number,
  cell: number,
  screen: Screen,
): string[] {
  const most = mostErrors(matrix);
  const heads = names.map((name) => name.slice(0, cell - 1).padStart(cell)).join('');
  const rows = matrix.map((row, right) => {
    const cells = row.map((count, named) => {
      const text = (count === 0 ? nothing(screen) : String(count)).padStart(cell);
      return coloured(text, count, right === named, most, screen);
    });
    return `${names[right].padEnd(label)}${cells.join('')}`;
  });
  return [`${' '.repeat(label)}${heads}`, ...rows];
}

function oneCharacterEach(matrix: ConfusionMatrix, names: readonly string[], label: number, screen: Screen): string[] {
  const most = mostErrors(matrix);
  const rows = matrix.map((row, right) => {
    const cells = row.map((count, named) => coloured(shortened(count, screen), count, right === named, most, screen));
    return `${names[right].padEnd(label)} ${cells.join('')}`;
  });
  return [`${' '.repeat(label)} ${names.map((name) => name[0]).join('')}`, ...rows];
}

/** What of the matrix is wrong, the commonest first. */
function pairs(matrix: ConfusionMatrix, classes: readonly string[], { width }: Screen): string[] {
  const wrong = matrix.flatMap((row, right) =>
    row.flatMap((count, named) => (named === right || count === 0 ? [] : [{ right, named, count }])),
  );
  return wrong
    .sort((a, b) => b.count - a.count)
    .slice(0, mostPairs)
    .map(({ right, named, count }) => `${count}: ${classes[right]} named ${classes[named]}`.slice(0, width));
}

/** On the diagonal green; elsewhere the redder the more there are, by the square root, so that a single error is seen. */
function coloured(text: string, count: number, isRight: boolean, most: number, screen: Screen): string {
  if (isRight) return painted(text, { colour: green }, screen);
  if (count === 0) return painted(text, { colour: grey }, screen);
  const share = Math.sqrt(count / most);
  return painted(text, { colour: white, background: [70 + 150 * share, 20, 30] }, screen);
}

const nothing = ({ isUnicode }: Screen): string => (isUnicode ? '·' : '.');

const key = (screen: Screen): string => `${nothing(screen)} is 0, + is 10 to 99, # is 100 or more`;

function shortened(count: number, screen: Screen): string {
  if (count === 0) return nothing(screen);
  return count < 10 ? String(count) : count < 100 ? '+' : '#';
}

function mostErrors(matrix: ConfusionMatrix): number {
  return Math.max(1, ...matrix.flatMap((row, right) => row.filter((_, named) => named !== right)));
}

/** A sentence in rows of a width, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const joined = `${rows.at(-1)} ${word}`;
    if (rows.length > 0 && joined.length <= width) rows[rows.length - 1] = joined;
    else rows.push(word.slice(0, width));
  }
  return rows;
}
