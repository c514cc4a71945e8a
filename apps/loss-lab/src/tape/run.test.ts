import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expressionExamples } from '@tapegrad/expression';
import { afterAll, describe, expect, test } from 'vitest';
import { captured, type Outcome } from '../../test/inProcess.ts';
import { commandOf } from './help.ts';
import { runTape } from './run.ts';

const tape = (...args: readonly string[]): Promise<Outcome> => captured(runTape, args);

describe('without an expression', () => {
  test.each([[], ['--help'], ['-h']])('the language is told: %j', async (...args) => {
    const { code, out, err } = await tape(...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('npx pnpm tape "x * exp(x)" --x 2');
    expect(out).toContain('softmaxCrossEntropy');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('the options of one expression', async () => {
    const { code, out, err } = await tape('w * x', '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const option of ['--w <numbers>', '--x <numbers>', '--second', '--short']) expect(out).toContain(option);
  });
});

test('the tape forward and back, with local derivatives and shares', async () => {
  const { code, out, err } = await tape('x*exp(x)', '--x', '2', '--second');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "x*exp(x), in float64
    ====================
    x      []  2
    value  []  14.7781121978613

    Forward
    -------
    %0 [] watched x
       2
    %1 [] exp(x: %0)
       7.3891
    %2 [] multiply(x: %0, y: %1)
       14.778

    Back
    ----
    %2 [] multiply(x: %0, y: %1)
       cotangent  1       the walk back begins here
       ∂%2/∂%0    7.3891  by its x
       passes     7.3891  to %0, its x
       ∂%2/∂%1    2       by its y
       passes     2       to %1, its y
    %1 [] exp(x: %0)
       cotangent  2       from %2, its y
       ∂%1/∂%0    7.3891  by its x
       passes     14.778  to %0, its x
    %0 [] watched x
       arrives    7.3891  from %2, its x
                  14.778  from %1, its x
       cotangent  22.167  the sum

    Gradients
    ---------
    x  []  22.16716829679195

    The gradients agree with central differences: 3 directions, worst error 6e-11.

    Second derivatives
    ------------------
            x
    x  29.556
    "
  `);
});

test('arrays, in both ways of writing them, and what has several numbers', async () => {
  const { out } = await tape('w @ x', '--w', '[[1,2],[3,4]]', '--x', '0.5, -1');
  expect(out).toBe((await tape('w @ x', '--w', '1,2;3,4', '--x', '[0.5, -1]')).out);
  expect(out).toContain('what follows differentiates their sum');
  expect(out).toContain('[[0.5, -1], [0.5, -1]]');
});

test('--short is the value and the gradients', async () => {
  const { out } = await tape('x*exp(x)', '--x', '2', '--short');
  expect(out).not.toContain('Forward');
  expect(out.split('\n').length).toBeLessThan(12);
});

test('--by differentiates by what is named alone', async () => {
  const { out } = await tape('w * x', '--w', '2', '--x', '3', '--by', 'w');
  expect(out).toMatch(/^x receives none$/m);
});

test('numbers that begin with a minus sign, and names of other scripts', async () => {
  const { code, out } = await tape('δ * x', '--δ', '-2', '--x', '-.5', '--short');
  expect([code, out.includes('value')]).toEqual([0, true]);
  expect(out).toMatch(/^value +\[\] +1$/m);
});

describe('a wrong command line', () => {
  test.each([
    ['what cannot be read', ['2x'], 'Write a product with a star: 2 * x'],
    ['a missing value', ['w * x', '--x', '1'], 'error: tape: no value for w; wanted numbers'],
    ['a misspelt name', ['x + y1', '--x', '1', '--y2', '3'], 'Did you mean --y1?'],
    ['a value that cannot be read', ['x', '--x', '1,,2'], 'at position 3'],
    ['a value with a name in it', ['x', '--x', 'y'], 'y, which has no value'],
    ['a name that is an option', ['by + 1', '--by', '1'], 'wanted a name that is no option'],
    ['an unknown name to differentiate by', ['x', '--x', '1', '--by', 'y'], 'error: --by: "y"; wanted x'],
    ['an unknown format', ['x', '--x', '1', '--format', 'xml'], 'Allowed choices are text, markdown, json, svg'],
    ['two expressions', ['x', 'y', '--x', '1'], 'too many arguments'],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await tape(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

test('an op that refuses its operands says so, with the part of the text', async () => {
  const { code, out, err } = await tape('1 + w * x', '--w', '1,2', '--x', '1,2,3');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^error: multiply: x is \[2\], y is \[3\]; wanted .*\n {2}1 \+ w \* x\n {6}\^{5}\n$/);
});

test('warnings of the library go to standard error', async () => {
  const { code, err } = await tape('softmaxCrossEntropy(z, 0)', '--z', '.2,.8');
  expect(code).toBe(0);
  expect(err).toMatch(/^warning: softmaxCrossEntropy: the logits are at least 0 and sum to 1/);
});

describe('other forms', () => {
  test('JSON has all digits, local Jacobians, and strings for what is not finite', async () => {
    const { out } = await tape('x*exp(x)', '--x', '2', '--format', 'json', '--second');
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      expression: 'x*exp(x)',
      value: 2 * Math.exp(2),
      names: [{ name: 'x', gradient: 3 * Math.exp(2) }],
      output: 2,
      agreement: { kind: 'agrees' },
      second: { labels: ['x'] },
    });
    expect(told.steps[2].passed[0]).toMatchObject({ input: 'x', jacobian: [[Math.exp(2)]] });
    const { out: infinite } = await tape('log(x)', '--x', '0', '--format', 'json');
    expect(JSON.parse(infinite).value).toBe('-Infinity');
  });

  test('Markdown and SVG', async () => {
    const { out: markdown } = await tape('x*exp(x)', '--x', '2', '--format', 'markdown');
    expect(markdown).toMatch(/^# `x\*exp\(x\)`\n\n## The gradients/);
    const { out: picture } = await tape('x*exp(x)', '--x', '2', '--format', 'svg');
    expect(picture).toContain('<title>x*exp(x)</title>');
    expect((await tape('1 + 2', '--format', 'markdown')).out).toContain('1 + 2, in float64');
  });

  const folder = mkdtempSync(join(tmpdir(), 'tape-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('into a file', async () => {
    const file = join(folder, 'tape.json');
    const there = await tape('x', '--x', '2', '--format', 'json', '--output', file);
    expect(there).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse(readFileSync(file, 'utf8')).value).toBe(2);
  });
});

/** All of them are computed where the language is tested; here, those that the help names. */
const examples = expressionExamples.filter(({ family }) => family === 'first');

test.each(examples.map(({ expression, values }) => [commandOf(expression, values), expression, values] as const))(
  '%s',
  async (_, expression, values) => {
    const { code, out } = await tape(
      expression,
      ...Object.entries(values).flatMap(([name, text]) => [`--${name}`, text]),
    );
    expect(code).toBe(0);
    expect(out).toContain('The gradients agree with central differences');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  },
);
