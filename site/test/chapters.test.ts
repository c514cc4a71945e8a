import { describe, expect, test } from 'vitest';
import { check, rightOf } from '../chapters/check.ts';
import { rowsOf } from '../chapters/gridNumbers.ts';
import { chapters } from '../chapters/index.ts';
import { loadChapter } from '../chapters/load.ts';
import type { Exercise, Piece, Words } from '../chapters/model.ts';
import { questions } from '../chapters/questions/index.ts';
import { chapterTitles, exerciseCounts, questionTitles } from '../chapters/titles.ts';
import { startOf } from '../parts/chapterState.ts';
import { expectChinese } from './chinese.ts';

const exercises = chapters.flatMap((chapter) => chapter.exercises);
const pieces = [...chapters, ...questions].flatMap(({ name, pieces }) =>
  Object.entries(pieces).map(([piece, value]) => [`${name}/${piece}`, value] as const),
);

/** As a reader would type it, with few digits. */
const typed = ({ answer }: Exercise, numbers: readonly number[]): string =>
  answer.kind === 'number' || answer.kind === 'list'
    ? numbers.map((number) => number.toFixed(4)).join(', ')
    : numbers.join(', ');

test('the chapters and their titles are the same, in the same order', () => {
  expect(chapters.map(({ name }) => name)).toEqual(Object.keys(chapterTitles));
  expect(questions.map(({ name }) => name)).toEqual(Object.keys(questionTitles));
});

test('each chapter can be loaded by name, and the contents know how many exercises it has', async () => {
  expect(exerciseCounts).toEqual(Object.fromEntries(chapters.map(({ name, exercises }) => [name, exercises.length])));
  for (const chapter of chapters) expect(await loadChapter(chapter.name)).toBe(chapter);
});

test('every exercise has a name of its own, under its chapter', () => {
  expect(new Set(exercises.map(({ name }) => name)).size).toBe(exercises.length);
  for (const chapter of chapters)
    for (const { name } of chapter.exercises) expect(name).toMatch(new RegExp(`^${chapter.name}/[a-z-]+$`));
});

describe.each(exercises.map((exercise) => [exercise.name, exercise] as const))('%s', (_, exercise) => {
  test('the right answer passes, to three or four digits', () => {
    expect(check(exercise, typed(exercise, rightOf(exercise.answer)))).toEqual({ kind: 'right' });
  });

  test('each usual wrong answer gets the remark that helps', () => {
    expect(exercise.slips.length).toBeGreaterThan(0);
    for (const { given, remark } of exercise.slips) {
      expect(check(exercise, typed(exercise, [given()].flat())), remark.en).toEqual({ kind: 'wrong', remark });
    }
  });

  test('any other answer is wrong, without a remark', () => {
    if (exercise.answer.kind === 'choice') {
      // Each of the wrong choices is a slip with a remark of its own.
      expect(exercise.slips.length).toBe(exercise.answer.options.length - 1);
    } else {
      const other = rightOf(exercise.answer).map((number) => number + 0.0777 + 1000);
      expect(check(exercise, typed(exercise, other))).toEqual({ kind: 'wrong', remark: undefined });
    }
  });

  test('it speaks both languages', () => {
    expect(exercise.hints.length).toBeGreaterThan(0);
    const options = exercise.answer.kind === 'choice' ? exercise.answer.options : [];
    const texts: readonly Words[] = [
      exercise.task,
      exercise.solution,
      ...exercise.hints,
      ...options,
      ...exercise.slips.map(({ remark }) => remark),
    ];
    for (const { en, zh } of texts) {
      expect(en).not.toMatch(/\p{Script=Han}/u);
      expectChinese(zh);
    }
  });
});

describe.each(pieces)('the piece %s', (_, piece) => {
  test('computes what it shows, wherever the knobs stand', () => {
    for (const at of settingsOf(piece)) {
      const numbers = { ...at, ...piece.compute(at) };
      for (const { of } of piece.results) expect(Object.keys(numbers)).toContain(of);
      for (const picture of piece.pictures) {
        if (picture.kind === 'bars') for (const { of } of picture.bars) expect(numbers[of]).toEqual(expect.any(Number));
        if (picture.kind === 'curves') {
          const { from, to } = piece.knobs[picture.x.knob];
          for (const { values } of picture.lines) {
            const line = values([from, (from + to) / 2, to], at);
            expect(line).toHaveLength(3);
            expect(line.every(Number.isFinite)).toBe(true);
          }
        }
        if (picture.kind === 'grids') {
          for (const grid of picture.grids) {
            const rows = rowsOf(grid, at);
            expect(rows.every((row) => row.length === rows[0].length && row.every(Number.isFinite))).toBe(true);
            for (const [row, column] of grid.framed?.(at) ?? [])
              expect(rows[row]?.[column]).toEqual(expect.any(Number));
          }
        }
        if (picture.kind === 'table') {
          for (const { cells } of picture.rows(at)) {
            expect(cells).toHaveLength(picture.columns.length - 1);
            for (const cell of cells) if (cell !== undefined) expect(cell).toEqual(expect.any(Number));
          }
        }
      }
    }
  });

  test('gives no result the name of a knob', () => {
    const results = Object.keys(piece.compute(startOf(piece)));
    expect(results.filter((name) => name in piece.knobs)).toEqual([]);
  });

  test('can be set to where it starts', () => {
    for (const { from, to, step, start } of Object.values(piece.knobs)) {
      expect(start).toBeGreaterThanOrEqual(from);
      expect(start).toBeLessThanOrEqual(to);
      const steps = (start - from) / step;
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
    }
  });
});

/** Where the knobs of a piece start, and each of them at its ends. */
function settingsOf(piece: Piece): Record<string, number>[] {
  const start = startOf(piece);
  const ends = Object.entries(piece.knobs).flatMap(([name, { from, to }]) => [
    { ...start, [name]: from },
    { ...start, [name]: to },
  ]);
  return [start, ...ends];
}
