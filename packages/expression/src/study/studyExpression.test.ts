import { describe, expect, test, vi } from 'vitest';
import { readExpression } from '../syntax/readExpression.ts';
import { numbersOf } from './numbersOf.ts';
import { type StudyOptions, studyExpression } from './studyExpression.ts';

/** The study of an expression, with values as a reader types them. */
const study = (text: string, values: Readonly<Record<string, string>>, options?: StudyOptions) =>
  studyExpression(
    readExpression(text),
    Object.fromEntries(Object.entries(values).map(([name, typed]) => [name, numbersOf(typed)])),
    options,
  );

test('x·eˣ: values, shares of both uses, local derivatives, comparison and second derivative', () => {
  const { names, value, isSum, tape, derivation, agreement, second } = study(
    'x * exp(x)',
    { x: '2' },
    { second: true },
  );
  const power = Math.exp(2);
  expect([value, isSum]).toEqual([2 * power, false]);
  expect(names).toEqual([{ name: 'x', shape: [], value: 2, gradient: 3 * power }]);
  expect(tape.steps[0].contributions.map(({ from, input, cotangent }) => [from, input, cotangent.numbers[0]])).toEqual([
    [2, 'x', power],
    [1, 'x', 2 * power],
  ]);
  expect(derivation?.steps[0].passed.map(({ jacobian }) => jacobian?.entries)).toEqual([[[power]], [[2]]]);
  expect(agreement).toMatchObject({ kind: 'agrees', kinks: [] });
  expect(second?.labels).toEqual(['x']);
  expect(second?.entries[0][0]).toBeCloseTo(4 * power, 12);
});

test('several names: each gradient, and mixed second derivatives', () => {
  const { names, second } = study('w * x ^ 2', { w: '3', x: '2' }, { second: true });
  expect(names.map(({ gradient }) => gradient)).toEqual([4, 12]);
  expect(second).toEqual({
    labels: ['w', 'x'],
    entries: [
      [0, 4],
      [4, 6],
    ],
  });
});

test('arrays have a label for each number, and beyond twelve no table', () => {
  expect(study('sum(w)', { w: '1, 2; 3, 4' }, { second: true }).second?.labels).toEqual([
    'w[0, 0]',
    'w[0, 1]',
    'w[1, 0]',
    'w[1, 1]',
  ]);
  expect(study('sum(square(w))', { w: Array(13).fill('1').join(',') }, { second: true }).second).toBeNull();
});

test('of several numbers the sum is differentiated', () => {
  const { value, isSum, names, tape } = study('square(x)', { x: '1, 2' });
  expect([value, isSum, names[0].gradient]).toEqual([[1, 4], true, [2, 4]]);
  expect(tape.steps[tape.output ?? 0].operation).toBe('sum');
});

describe('names without a gradient', () => {
  test('a class index, an option, and what was not asked for', () => {
    const { names } = study('softmaxCrossEntropyWithTemperature(z, y, temperature=T)', {
      z: '3, 1, -3',
      y: '1',
      T: '2',
    });
    expect(names.map(({ name, gradient }) => [name, gradient !== null])).toEqual([
      ['z', true],
      ['y', false],
      ['T', false],
    ]);
    expect(study('a * b', { a: '2', b: '3' }, { by: ['a'] }).names.map(({ gradient }) => gradient)).toEqual([3, null]);
  });

  test('an expression without names has a tape, and no way back', () => {
    const { value, tape, derivation, agreement, second } = study('exp(1) + 2', {}, { second: true });
    expect(value).toBeCloseTo(Math.E + 2, 14);
    expect(tape.output).toBeNull();
    expect(tape.steps.length).toBeGreaterThan(2);
    expect([derivation, agreement, second]).toEqual([null, null, null]);
  });

  test('a single number too', () => {
    expect(study('3', {}).value).toBe(3);
  });
});

test('corners are named, and what leaves the numbers that an op takes is skipped', () => {
  expect(study('relu(x)', { x: '0' }).agreement).toMatchObject({ kind: 'agrees', kinks: ['x'] });
  expect(study('log(x)', { x: '0' }).agreement).toMatchObject({ kind: 'skipped' });
});

test('what is not finite is shown', () => {
  const { value, names } = study('log(x)', { x: '0' });
  expect([value, names[0].gradient]).toEqual([-Infinity, Infinity]);
});

test('warnings are told once, and not on the console', () => {
  const console = vi.spyOn(globalThis.console, 'warn').mockImplementation(() => undefined);
  const { warnings } = study('softmaxCrossEntropy(z, 0)', { z: '0.2, 0.8' });
  expect(warnings).toEqual([expect.stringContaining('softmaxCrossEntropy: the logits are at least 0 and sum to 1')]);
  expect(console).not.toHaveBeenCalled();
  console.mockRestore();
});

test('it can be sent to another thread', () => {
  const told = study('sum(square(w @ x))', { w: '1, 2; 3, 4', x: '1, 2' }, { second: true });
  expect(structuredClone(told)).toEqual(told);
});
