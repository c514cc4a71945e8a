import { checkSurplus } from '@tapegrad/core/authors';

/** How many signs of a long text are shown before and behind the part that is meant. */
const around = 60;

/**
 * The text on one line, and below it `^^^` under the part from `start` up to `end`, for a terminal or any letters of one width. A long text is
 * cut on both sides; Chinese characters count for two columns.
 *
 * @example pointAt('x * y', { start: 4, end: 5 }) // "x * y\n    ^"
 */
export function pointAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  ...surplus: []
): string {
  checkSurplus('pointAt', surplus);
  const from = Math.max(0, start - around);
  const to = Math.min(text.length, Math.max(end, start + 1) + around);
  const before = `${from > 0 ? '…' : ''}${onOneLine(text.slice(from, start))}`;
  const meant = onOneLine(text.slice(start, end));
  const behind = `${onOneLine(text.slice(end, to))}${to < text.length ? '…' : ''}`;
  return `${before}${meant}${behind}\n${' '.repeat(columnsOf(before))}${'^'.repeat(Math.max(1, columnsOf(meant)))}`;
}

const onOneLine = (text: string): string => text.replace(/\s/g, ' ');

const columnsOf = (text: string): number => text.length + (text.match(/[\u2e80-\u9fff\uff01-\uff60]/g)?.length ?? 0);
