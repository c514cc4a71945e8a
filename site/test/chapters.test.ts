import { describe, expect, test } from 'vitest';
import { check, isNumeric, type NumericExercise, rightOf } from '../chapters/check.ts';
import { checkFormula as checkBy, type FormulaExercise } from '../chapters/checkFormula.ts';
import { formulaValues } from '../chapters/formulaValues.ts';
import { rowsOf } from '../chapters/gridNumbers.ts';
import { chapters } from '../chapters/index.ts';
import { loadChapter } from '../chapters/load.ts';
import type { Piece, Words } from '../chapters/model.ts';
import { questions } from '../chapters/questions/index.ts';
import { chapterTitles, exerciseCounts, questionTitles } from '../chapters/titles.ts';
import { startOf } from '../parts/chapterState.ts';
import { expectChinese } from './chinese.ts';

const exercises = chapters.flatMap((chapter) => chapter.exercises);
const pieces = [...chapters, ...questions].flatMap(({ name, pieces }) =>
  Object.entries(pieces).map(([piece, value]) => [`${name}/${piece}`, value] as const),
);

/** As a reader would type it, with few digits. */
const typed = ({ answer }: NumericExercise, numbers: readonly number[]): string =>
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

/** On a page a worker computes formulas. */
const checkFormula = (exercise: FormulaExercise, formula: string) => checkBy(exercise, formula, formulaValues);

const byNumbers = exercises.filter(isNumeric);
const byFormulas = exercises.filter((exercise): exercise is FormulaExercise => exercise.answer.kind === 'formula');

test('a formula is asked for in many chapters', () => {
  expect(byFormulas.length).toBeGreaterThanOrEqual(8);
  expect(new Set(byFormulas.map(({ name }) => name.split('/')[0])).size).toBeGreaterThanOrEqual(8);
});

describe.each(byFormulas.map((exercise) => [exercise.name, exercise] as const))('%s', (_, exercise) => {
  const { answer, slips } = exercise;

  test('the right formula passes, in several forms', async () => {
    expect(answer.others.length).toBeGreaterThan(1);
    for (const formula of [answer.shown, ...answer.others]) {
      expect(await checkFormula(exercise, formula), formula).toEqual({ kind: 'right' });
    }
  });

  test('each usual wrong formula gets the remark that helps', async () => {
    expect(slips.length).toBeGreaterThan(1);
    for (const { given, remark } of slips) {
      expect(await checkFormula(exercise, String(given())), String(given())).toEqual({ kind: 'wrong', remark });
    }
  });

  test('any other formula is wrong, without a remark', async () => {
    expect(await checkFormula(exercise, `(${answer.shown}) + 0.01`)).toEqual({ kind: 'wrong', remark: undefined });
  });

  test('every point has a value for each name', () => {
    const names = Object.keys(answer.points[0]);
    for (const point of answer.points) expect(Object.keys(point)).toEqual(names);
    expect(answer.points.length).toBeGreaterThan(2);
  });
});

describe('what is no formula', () => {
  const exercise = byFormulas.find(({ name }) => name === 'tape/product-formula') as FormulaExercise;

  test.each([
    ['2x', 'star: 2 * x', '2 * x'],
    ['(1 + y) * exp(x)', 'y, which has no value; wanted a name that has one: x', '“y”还没有值'],
    ['exo(x)', 'Perhaps exp is meant', 'exp'],
    ['(1 + x', 'never closed', '没有闭合'],
    ['', 'An empty text', '还没有表达式'],
    ['x @ x', 'matmul', 'matmul 不接受这样的操作数'],
  ])('%j is told what is wrong, in both languages', async (typed, en, zh) => {
    const verdict = await checkFormula(exercise, typed);
    expect(verdict).toEqual({
      kind: 'faulty',
      fault: { en: expect.stringContaining(en), zh: expect.stringContaining(zh) },
    });
  });

  test('a list where one number is asked for is told so', async () => {
    expect(await checkFormula(exercise, '[x, x]')).toEqual({ kind: 'length', wanted: 1, got: 2 });
  });
});

describe.each(byNumbers.map((exercise) => [exercise.name, exercise] as const))('%s', (_, exercise) => {
  test('the right answer passes, to three or four digits', () => {
    expect(check(exercise, typed(exercise, rightOf(exercise.answer)))).toEqual({ kind: 'right' });
  });

  test('each usual wrong answer gets the remark that helps', () => {
    expect(exercise.slips.length).toBeGreaterThan(0);
    for (const { given, remark } of exercise.slips) {
      expect(check(exercise, typed(exercise, [given()].flat() as number[])), remark.en).toEqual({
        kind: 'wrong',
        remark,
      });
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
});

describe.each(exercises.map((exercise) => [exercise.name, exercise] as const))('%s', (_, exercise) => {
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
