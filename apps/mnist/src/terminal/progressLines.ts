import type { PaceReport } from './pace.ts';

/** How far a run has come. */
export interface Position {
  readonly epoch: number;
  readonly epochs: number;
  readonly stepInEpoch: number;
  readonly stepsInEpoch: number;
  readonly learningRate: number;
}

/** The longest bar, and the shortest that says anything. */
const [longest, shortest] = [30, 4];
const gap = '  ';

/** Title, bar and numbers in as few rows as they need, none of them wider than `width`. */
export function progressLines(position: Position, pace: PaceReport, width: number, isUnicode = true): string[] {
  return flow([...head(position, width, isUnicode), ...numbers(position, pace)], width);
}

/** The same as one line of a file, however long. */
export function progressLine(position: Position, pace: PaceReport): string {
  const { stepInEpoch, stepsInEpoch } = position;
  return `${title(position)}, step ${stepInEpoch}/${stepsInEpoch}: ${numbers(position, pace)
    .map((number) => number.replace(/ +/g, ' ').trim())
    .join(', ')}`;
}

const title = ({ epoch, epochs }: Position): string => `epoch ${epoch}/${epochs}`;

/** Title, bar and percentage as one part, where they stand in one row. */
function head(position: Position, width: number, isUnicode: boolean): string[] {
  const share = position.stepInEpoch / position.stepsInEpoch;
  const percentage = `${Math.floor(100 * share)} %`.padStart(5);
  const room = Math.min(longest, width - title(position).length - percentage.length - 2);
  if (room < shortest) return [title(position), percentage.trim()];
  const filled = Math.round(room * share);
  const [full, empty] = isUnicode ? ['█', '░'] : ['#', '.'];
  return [`${title(position)} ${full.repeat(filled)}${empty.repeat(room - filled)} ${percentage}`];
}

function numbers({ learningRate }: Position, pace: PaceReport): string[] {
  return [
    `loss ${pace.loss.toFixed(4)}`,
    `mean ${pace.meanLoss.toFixed(4)}`,
    `accuracy ${(100 * pace.accuracy).toFixed(1).padStart(5)} %`,
    `rate ${rate(learningRate)}`,
    `${Math.round(pace.imagesPerSecond).toLocaleString('en').padStart(6)} images/s`,
    `${duration(pace.secondsLeft)} left`,
  ];
}

/** Always of the same length, so that nothing jumps: `0.00873`, `8.73e-6`. */
const rate = (learningRate: number): string =>
  learningRate === 0 || learningRate >= 1e-4 ? learningRate.toFixed(5) : learningRate.toExponential(2);

/** `12 s`, `3:05` or `2:00:05`. */
export function duration(seconds: number): string {
  const all = Math.ceil(seconds);
  if (all < 60) return `${all} s`;
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Puts parts into rows, one after the other, as words into lines; what is wider than a row is cut. */
function flow(parts: readonly string[], width: number): string[] {
  const rows: string[] = [];
  for (const part of parts) {
    const last = rows.at(-1);
    const joined = `${last}${gap}${part}`;
    if (last !== undefined && joined.length <= width) rows[rows.length - 1] = joined;
    else rows.push(part.trim().slice(0, width));
  }
  return rows;
}
