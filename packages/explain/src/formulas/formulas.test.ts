import * as core from '@tapegrad/core';
import { multiply, record, sum, Tape, type Tensor } from '@tapegrad/core';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { notOperations, numbers, type Sample, samples } from '../../test/operations.ts';
import { explain } from '../derivation/explain.ts';
import { explanationToMarkdown } from '../derivation/markdown.ts';
import type { Formula } from './formula.ts';
import { formulasOf } from './formulasOf.ts';

const isTypeset = new Set<string>();

/** Throws what KaTeX has against the formula, warnings included. */
function typeset(latex: string): void {
  if (isTypeset.has(latex)) return;
  isTypeset.add(latex);
  katex.renderToString(latex, { throwOnError: true, strict: 'error' });
}

/** Records a sample with its gradients and theirs, so that the ops of the way back and of the way back from there are there. */
function recordSample({ inputs, call }: Sample, tape: Tape): void {
  let output = call(...inputs.map((x, place) => tape.watch(x, `input${place}`)));
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

test('every op that core exports has a sample', () => {
  const functions = Object.entries(core).filter(([, value]) => typeof value === 'function');
  const sampled = new Set(Object.keys(samples).map((name) => name.split(',')[0]));
  const missing = functions.map(([name]) => name).filter((name) => !sampled.has(name) && !notOperations.includes(name));
  expect(missing).toEqual([]);
  const exported = new Set(functions.map(([name]) => name));
  expect([...sampled, ...notOperations].filter((name) => !exported.has(name))).toEqual([]);
});

describe('every op on a tape, forward and back, has its formulas', () => {
  test.each(Object.entries(samples))('%s', (_, sample) => {
    using tape = new Tape();
    recordSample(sample, tape);
    for (const step of tape.steps) {
      if (Object.keys(step.inputs).length === 0) continue;
      const withGradient = Object.keys(step.inputs).filter((name) => step.vjps[name]);
      const { isKnown, inputs, value, inWords } = formulasOf(step, tape.steps);
      expect({ operation: step.operation, isKnown, inputs: Object.keys(inputs) }).toEqual({
        operation: step.operation,
        isKnown: true,
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
      expect(inWords).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('KaTeX sets all formulas of the explanation, with names and numbers put in', () => {
  test.each(Object.entries(samples))('%s', (_, { inputs, call }) => {
    using tape = new Tape();
    const output = call(...inputs.map((x, place) => tape.watch(x, place === 0 ? 'x' : `layer_${place}.weight`)));
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
});
