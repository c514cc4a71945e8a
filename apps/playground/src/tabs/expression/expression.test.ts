import { expressionExamples } from '@tapegrad/expression';
import { describe, expect, test } from 'vitest';
import { readFields, writeFields } from '../../address/fields.ts';
import { type Look, look } from './compute/look.ts';
import { fields } from './fields.ts';
import { hasCotangent, hasPassed, hasValue, positionAt, positionsOf, writePosition } from './position.ts';
import { draggable, dragged, reachOf } from './sliders.ts';
import { words } from './words.ts';

/** All of them are computed where the language is tested. */
const few = expressionExamples.filter((_, index) => index % 6 === 0);

type Tape = Extract<Look, { kind: 'tape' }>;

/** What is to be seen of an expression that can be computed. */
function tapeOf(expression: string, values: Readonly<Record<string, string>>): Tape {
  const seen = look({ expression, values, direction: 'down' });
  if (seen.kind !== 'tape') throw new Error(seen.complaint.error.got);
  return seen;
}

describe('what the worker answers', () => {
  test('a tape, with a box for each step and a line for each input', () => {
    const { names, study, drawing } = tapeOf('x * exp(x)', { x: '2' });
    expect(names).toEqual(['x']);
    expect(study.value).toBeCloseTo(2 * Math.exp(2), 12);
    expect(drawing.boxes.map(({ step, isLeaf }) => [step, isLeaf])).toEqual([
      [0, true],
      [1, false],
      [2, false],
    ]);
    expect(drawing.lines.map(({ from, to, input, passed }) => [from, to, input, passed])).toEqual([
      [0, 1, 'x', '14.778'],
      [0, 2, 'x', '7.3891'],
      [1, 2, 'y', '2'],
    ]);
    for (const { x, y, width, height } of drawing.boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(drawing.width);
      expect(y + height).toBeLessThanOrEqual(drawing.height);
    }
  });

  test('a name for which nothing was typed is 1', () => {
    expect(tapeOf('x + y', { x: '2' }).study.value).toBe(3);
  });

  test.each([
    ['an expression that cannot be read', '2x', { x: '1' }, 'expression', undefined, 'product'],
    ['a value that cannot be read', 'x + y', { x: '1', y: '2,,' }, 'value', 'y', 'sign'],
    ['operands that do not fit', 'x * y', { x: '1,2', y: '1,2,3' }, 'expression', undefined, 'operation'],
  ])('%s is told as data', (_, expression, values, about, name, kind) => {
    const answer = look({ expression, values, direction: 'right' });
    expect(answer).toMatchObject({ kind: 'complaint', complaint: { about, name, error: { fault: { kind } } } });
    expect(structuredClone(answer)).toEqual(answer);
  });

  test.each(few.map(({ expression, values }) => [expression, values] as const))(
    'the example %s has a tape that is walked back',
    (expression, values) => {
      const { study } = tapeOf(expression, values);
      const positions = positionsOf(study.tape);
      expect(positions.filter(({ direction }) => direction === 'backward').length).toBeGreaterThan(1);
      expect(study.agreement?.kind).toBe('agrees');
    },
  );

  test('every family of examples has its words', () => {
    for (const { family } of expressionExamples) {
      expect(words.en.families[family]).toMatch(/\w/);
      expect(words.zh.families[family]).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('the walk', () => {
  const { tape } = tapeOf('x * exp(x)', { x: '2' }).study;
  const positions = positionsOf(tape);

  test('goes forward through all steps, and back through those that a gradient reaches', () => {
    expect(positions.map(writePosition)).toEqual(['f0', 'f1', 'f2', 'b2', 'b1', 'b0']);
    const constant = positionsOf(tapeOf('x + 2', { x: '1' }).study.tape);
    expect(constant.map(writePosition)).toEqual(['f0', 'f1', 'f2', 'b2', 'b0']);
  });

  test('is found again in an address, and begins where it turns', () => {
    for (const position of positions) expect(positionAt(positions, writePosition(position))).toBe(position);
    expect(writePosition(positionAt(positions, 'turn'))).toBe('b2');
    expect(writePosition(positionAt(positions, 'f99'))).toBe('b2');
    expect(writePosition(positionAt(positionsOf(tapeOf('1 + 2', {}).study.tape), 'turn'))).toMatch(/^f/);
  });

  test('shows what has been computed so far', () => {
    const at = (name: string) => positionAt(positions, name);
    expect([0, 1, 2].map((step) => hasValue(at('f1'), step))).toEqual([true, true, false]);
    expect([0, 1, 2].map((step) => hasCotangent(at('f2'), step))).toEqual([false, false, false]);
    expect([0, 1, 2].map((step) => hasCotangent(at('b1'), step))).toEqual([false, true, true]);
    expect([0, 1, 2].map((step) => hasPassed(at('b2'), step))).toEqual([false, false, true]);
  });
});

describe('the address', () => {
  test.each([
    ['x * exp(x)', { x: '2' }],
    ['sum(w @ x)', { w: '1, 2; 3, 4', x: '[1, 2]' }],
    ['a == b', { a: 'ln(0.7)', b: '1=2' }],
    ['', {}],
  ])('keeps %j', (expression, values) => {
    const written = writeFields(fields, { expression, values, at: 'b0' });
    expect(readFields(fields, new URLSearchParams(written))).toEqual({ expression, values, at: 'b0' });
  });

  test('is nothing at the beginning', () => {
    expect(writeFields(fields, readFields(fields, new URLSearchParams()))).toEqual({});
  });

  test.each<Record<string, string>>([
    { values: '=1' },
    { values: 'x' },
    { values: 'x='.padEnd(3000, '1') },
    { expression: 'x'.repeat(1001) },
    { at: 'b99999' },
    { at: '__proto__' },
  ])('that makes no sense is as if it were absent: %j', (address) => {
    expect(readFields(fields, new URLSearchParams(address))).toEqual(readFields(fields, new URLSearchParams()));
  });
});

describe('sliders', () => {
  test.each([
    ['2', [2]],
    ['-.5', [-0.5]],
    ['3, 1, -3', [3, 1, -3]],
    ['[3, 1]', [3, 1]],
    ['1, 2; 3, 4', undefined],
    ['[[1, 2]]', undefined],
    ['1/3', undefined],
    ['', undefined],
    ['1,2,3,4,5,6,7', undefined],
  ])('%j', (text, numbers) => {
    expect(draggable(text)).toEqual(numbers);
  });

  test('change one number, and reach at least as far as it', () => {
    expect(dragged('3, 1, -3', 1, 0.25)).toBe('3, 0.25, -3');
    expect(dragged('[3, 1]', 0, 2)).toBe('[2, 1]');
    expect(dragged('2', 0, -1)).toBe('-1');
    expect([reachOf(2), reachOf(-7.5)]).toEqual([5, 8]);
  });
});
