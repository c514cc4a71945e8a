import { formatNumber } from '../notation/numbers.ts';
import type { Box } from '../picture/boxes.ts';
import { round } from '../picture/path.ts';
import { text } from '../picture/xml.ts';
import { type Axis, linearAxis, logarithmicAxis } from './axis.ts';

/** Numbers over the steps, `[step, number]`. */
export type Points = readonly (readonly [step: number, number: number])[];

/** One line of a panel. */
export interface Line {
  readonly name: string;
  readonly points: Points;
  /** Whether each point has a mark, as few points have. */
  readonly isMarked: boolean;
}

/** One chart: lines over the steps, with a heading. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Whether the axis goes by powers of ten, where all numbers are above 0. */
  readonly isLogarithmic: boolean;
}

const [left, right, top, bottom] = [64, 14, 56, 38];
const [titleSize, letterSize, letterWidth] = [14, 12, 6.8];
const [keyLength, rowHeight] = [24, 18];

/** A panel as SVG, within a box. What is no finite number leaves a gap in its line. */
export function drawPanel({ title, lines, isLogarithmic }: Panel, box: Box): string {
  const finite = lines.map(({ points }) => points.filter(([, number]) => Number.isFinite(number)));
  const numbers = finite.flatMap((points) => points.map(([, number]) => number));
  const heading = text('title', box.x + 6, box.y + 18, titleSize, title);
  if (numbers.length === 0) return `${heading}${text('note', box.x + 6, box.y + 40, letterSize, 'no finite number')}`;
  const isByPowers = isLogarithmic && numbers.every((number) => number > 0);
  const y = isByPowers ? logarithmicAxis(numbers) : linearAxis(numbers);
  const x = linearAxis([0, ...finite.flatMap((points) => points.map(([step]) => step))]);
  const entries = entriesOf(lines, box.width);
  const head = top + rowHeight * entries[entries.length - 1].row;
  const inner = {
    x: box.x + left,
    y: box.y + head,
    width: box.width - left - right,
    height: box.height - head - bottom,
  };
  const at = (step: number, number: number): readonly [number, number] => [
    inner.x + inner.width * x.share(step),
    inner.y + inner.height * (1 - y.share(number)),
  ];
  return [
    heading,
    key(entries, box),
    ...grid(x, y, inner, at),
    ...lines.map((line, index) => drawLine(line, index + 1, at)),
  ].join('\n');
}

/** A name of a line, and where it stands. */
interface Entry {
  readonly line: Line;
  readonly x: number;
  readonly row: number;
}

/** The names of the lines one behind the other, in as many rows as they need. */
function entriesOf(lines: readonly Line[], width: number): readonly Entry[] {
  let [x, row] = [6, 0];
  return lines.map((line) => {
    const length = keyLength + 8 + line.name.length * letterWidth;
    if (x > 6 && x + length > width) [x, row] = [6, row + 1];
    const entry = { line, x, row };
    x += length + 14;
    return entry;
  });
}

/** The names of the lines, each behind a piece of it. */
function key(entries: readonly Entry[], box: Box): string {
  return entries
    .map(({ line: { name, isMarked }, x, row }, index) => {
      const [from, y] = [box.x + x, box.y + 38 + row * rowHeight];
      const mark = isMarked
        ? `<circle class="mark-${index + 1}" cx="${from + keyLength / 2}" cy="${y - 4}" r="3"/>`
        : '';
      const piece = `<path class="line-${index + 1}" d="M${from} ${y - 4} H${from + keyLength}"/>`;
      return `${piece}${mark}${text('note', from + keyLength + 8, y, letterSize, name)}`;
    })
    .join('');
}

type Position = (step: number, number: number) => readonly [number, number];

/** Lines and labels of both axes. */
function grid(x: Axis, y: Axis, inner: Box, at: Position): string[] {
  const rows = y.ticks.map((tick) => {
    const [, height] = at(x.from, tick);
    const line = `<path class="grid" d="M${round(inner.x)} ${round(height)} h${round(inner.width)}"/>`;
    const words = formatNumber(tick);
    return `${line}${text('note', inner.x - 8 - words.length * letterWidth, height + 4, letterSize, words)}`;
  });
  const columns = x.ticks.map((tick) => {
    const [column] = at(tick, y.from);
    const words = formatNumber(tick);
    return text('note', column - (words.length * letterWidth) / 2, inner.y + inner.height + 18, letterSize, words);
  });
  return [...rows, ...columns, text('note', inner.x, inner.y + inner.height + 33, letterSize, 'steps')];
}

function drawLine({ points, isMarked }: Line, number: number, at: Position): string {
  let isApart = true;
  const path = points
    .map(([step, value]) => {
      if (!Number.isFinite(value)) {
        isApart = true;
        return '';
      }
      const [x, y] = at(step, value);
      const move = isApart ? 'M' : 'L';
      isApart = false;
      return `${move}${round(x)} ${round(y)}`;
    })
    .join('');
  const marks = isMarked
    ? points
        .filter(([, value]) => Number.isFinite(value))
        .map(([step, value]) => {
          const [x, y] = at(step, value);
          return `<circle class="mark-${number}" cx="${round(x)}" cy="${round(y)}" r="3"/>`;
        })
    : [];
  return `<path class="line-${number}" d="${path}"/>${marks.join('')}`;
}
