import { existsSync, readFileSync } from 'node:fs';
import * as core from '@tapegrad/core';
import { multiply, record, sum, Tape, type Tensor } from '@tapegrad/core';
import { elementwise, type Formula, formula, formulas, withoutFormulas } from '@tapegrad/core/formulas';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { tables } from '../../../core/src/formulas/found.ts';
import { numbers, type Sample, samples } from '../../test/operations.ts';
import { explain } from '../derivation/explain.ts';
import { explanationToMarkdown } from '../derivation/markdown.ts';
import { formulasOf } from './formulasOf.ts';
import { missingFormula } from './missingFormula.ts';

const isTypeset = new Set<string>();

/** Throws what KaTeX has against the formula, warnings included. */
function typeset(latex: string): void {
  if (isTypeset.has(latex)) return;
  isTypeset.add(latex);
  katex.renderToString(latex, { throwOnError: true, strict: 'error' });
}

/** Records a sample with its gradients and theirs, so that the ops of the way back and of the way back from there are there. */
function recordSample({ inputs, call }: Sample, tape: Tape): void {
  let output = call(...inputs.map((x, index) => tape.watch(x, `input${index}`)));
  for (let order = 1; order <= 3; order++) {
    // What is linear in the inputs no longer depends on them, but still on the cotangent.
    if (!tape.steps[tape.indexOf(output) ?? 0].needsGradient) return;
    const cotangent = tape.watch(numbers(output.shape, 0.5, 1.5));
    const gradients = tape.gradients(output, { cotangent, differentiable: true });
    const parts = Array.from(gradients.entries(), ([, gradient]) =>
      sum(multiply(gradient, numbers(gradient.shape, -2, 2, order))),
    );
    output = parts.reduce((a, b) => core.add(a, b));
  }
}

/** The operations of all samples, forward and back, and the steps of each that has no formulas. */
const recorded = new Set<string>();

describe('the formulas of an op on a tape, forward and back, are whole', () => {
  test.each(Object.entries(samples))('%s', (_, sample) => {
    using tape = new Tape();
    recordSample(sample, tape);
    for (const step of tape.steps) {
      if (Object.keys(step.inputs).length === 0) continue;
      recorded.add(step.operation);
      const withGradient = Object.keys(step.inputs).filter((name) => step.vjps[name]);
      const { isKnown, inputs, value, inWords } = formulasOf(step, tape.steps);
      // Formulas that are there must be about the step: of all its inputs, and no others.
      expect({ operation: step.operation, isKnown, inputs: Object.keys(inputs) }).toEqual({
        operation: step.operation,
        isKnown: Object.hasOwn(formulas, step.operation),
        inputs: withGradient,
      });
      const all: Formula[] = [
        value,
        ...Object.values(inputs).flatMap(({ derivative, product }) => [derivative, product]),
      ];
      for (const { text, latex } of all) {
        expect(text).toContain('=');
        expect(text).not.toMatch(/undefined|NaN|\[object/);
        expect(latex).not.toMatch(/undefined|NaN|\[object/);
        typeset(latex);
      }
      expect(inWords).toMatch(isKnown ? /^[A-Z].*\.$/ : /has no formula/);
    }
  });
});

describe('formulas and ops', () => {
  const entries = Object.entries(tables).flatMap(([file, table]) => Object.keys(table).map((name) => ({ file, name })));
  const codeOf = (file: string): string =>
    readFileSync(new URL(`../../../core/src/${file}`, import.meta.url), 'utf8').split('export const formulas')[0];

  test('each name stands in one file alone', () => {
    const names = entries.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(Object.keys(formulas).sort()).toEqual(names.sort());
  });

  test('no formula names an op that nobody records', () => {
    const unmet = entries.filter(({ name }) => !recorded.has(name));
    // An op that cannot be called with tensors alone, and has no sample, may still be recorded: its file says so.
    const [unsampled, unknown] = [true, false].map((isNamed) =>
      unmet.filter(({ file, name }) => (!(name in samples) && codeOf(file).includes(`'${name}'`)) === isNamed),
    );
    for (const { name, file } of unsampled) {
      console.log(
        `${name} (${file}) has formulas that nothing checks: add a call to packages/explain/test/operations.ts`,
      );
    }
    expect(unknown).toEqual([]);
    expect(entries.length - unmet.length).toBeGreaterThanOrEqual(84);
  });

  test('an op without a formula is a line that names the file to edit', () => {
    const missing = Object.keys(withoutFormulas).map((name) => missingFormula(name));
    if (missing.length > 0) console.log(missing.join('\n'));
    for (const file of Object.values(withoutFormulas))
      expect(existsSync(new URL(`../../../../${file}`, import.meta.url))).toBe(true);
    const recordedWithout = [...recorded].filter((name) => !Object.hasOwn(formulas, name));
    expect(recordedWithout.filter((name) => !Object.hasOwn(withoutFormulas, name))).toEqual([]);
  });
});

describe('KaTeX sets all formulas of the explanation, with names and numbers put in', () => {
  test.each(Object.entries(samples))('%s', (_, { inputs, call }) => {
    using tape = new Tape();
    const output = call(...inputs.map((x, index) => tape.watch(x, index === 0 ? 'x' : `layer_${index}.weight`)));
    const markdown = explanationToMarkdown(explain(output, { cotangent: numbers(output.shape) }));
    const set = [...markdown.matchAll(/\$\$(.*?)\$\$|\$(.*?)\$/g)];
    for (const [, shown, within] of set) typeset(shown ?? within);
    expect(set.length).toBeGreaterThan(5);
    expect(markdown).not.toMatch(/undefined|\[object/);
  });
});

test.each(['weight', 'conv1.weight', 'a_b', 'Größe', 'λ', '重み', 'a b', '$x$', '\\frac{', '', 'g', 'v1', 'x`y', '😀'])(
  'a leaf called %j does not spoil the formulas',
  (name) => {
    using tape = new Tape();
    const x = tape.watch(numbers([2]), name);
    const markdown = explanationToMarkdown(explain(sum(multiply(x, x))));
    for (const [, shown, within] of markdown.replaceAll(/`[^`]*`/g, '').matchAll(/\$\$(.*?)\$\$|\$(.*?)\$/g)) {
      typeset(shown ?? within);
    }
  },
);

describe('an op of somebody else', () => {
  const cube = (x: Tensor, operation: string, input: string): Tensor =>
    record({
      operation,
      inputs: { [input]: x },
      shape: x.shape,
      value: (y) => y.set(x.read().map((number) => number ** 3)),
      vjps: { [input]: (g: Tensor) => multiply(g, multiply(3, multiply(x, x))) },
    });

  test.each([
    ['cube', 'x'],
    ['my_cube$%', 'base_1'],
    ['constructor', '__proto__'],
    // The name of an op of ours, with an input that it does not have.
    ['exp', 'power'],
    ['standardise', 'base'],
    ['matmul', 'base'],
  ])('%s of %s says so, and has its numbers', (operation, input) => {
    using tape = new Tape();
    const y = cube(tape.watch(numbers([2]), 'x'), operation, input === '__proto__' ? 'proto' : input);
    const explanation = explain(sum(y), { jacobianLimit: 4 });
    const [, step] = explanation.steps;
    expect(step.isKnown).toBe(false);
    const [a, b] = numbers([2]).read();
    expect(step.passed[0].jacobian?.entries).toEqual([
      [3 * (a * a), 0],
      [0, 3 * (b * b)],
    ]);
    for (const [, shown, within] of explanationToMarkdown(explanation)
      .replaceAll(/`[^`]*`/g, '')
      .matchAll(/\$\$(.*?)\$\$|\$(.*?)\$/g)) {
      typeset(shown ?? within);
    }
    expect(step.passed[0].derivative.text).toContain(`known to ${operation} alone`);
  });

  test('has the formulas that explain is handed', () => {
    using tape = new Tape();
    const y = cube(tape.watch(numbers([2]), 'x'), 'cube', 'x');
    const unwritten = explain(sum(y)).steps[1].inWords;
    expect(unwritten).toBe(
      'cube has no formula: hand one to explain, as `formulas`; the numbers come from its own derivative.',
    );
    const written = elementwise({
      value: formula('x³', 'x^3'),
      slopes: { x: formula('3·x²', '3\\,x^2') },
      inWords: 'The power rule.',
    });
    const [, step] = explain(sum(y), { formulas: { cube: () => written } }).steps;
    expect(step).toMatchObject({
      isKnown: true,
      inWords: 'The power rule.',
      passed: [{ derivative: { text: '∂v1/∂x = 3·x²' } }],
    });
  });
});
