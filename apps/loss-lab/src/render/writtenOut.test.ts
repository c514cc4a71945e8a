import { fromJson, toJson } from '@tapegrad/explain';
import { describe, expect, test } from 'vitest';
import { losses } from '../losses/index.ts';
import { readNumbers } from '../numbers.ts';
import type { Request } from '../request.ts';
import { study } from '../study.ts';
import { writtenOut } from './writtenOut.ts';

/** The loss of the examples, differentiated by every input that can be. */
function requestOf(name: string, inputs: Readonly<Record<string, string>> = {}): Request {
  const form = losses.find((form) => form.name === name) ?? losses[0];
  const texts = Object.entries(form.inputs).map(([input, { example }]) => [input, inputs[input] ?? example] as const);
  return {
    form,
    inputs: Object.fromEntries(
      texts.map(([input, text]) => [input, readNumbers(input, text, form.inputs[input].leastRank)]),
    ),
    options: Object.fromEntries(
      Object.entries(form.options).map(([option, { read }]) => [option, read('', undefined)]),
    ),
    by: Object.keys(form.inputs).filter((input) => (form.inputs[input].holds ?? 'numbers') === 'numbers'),
    dtype: 'float64',
    format: 'svg',
    hasDerivation: false,
    output: undefined,
  };
}

const fused = ['softmaxCrossEntropy', 'logSoftmax', 'logSumExp'];

describe.each(losses)('$name', ({ name }) => {
  const { description, explanation, loss } = study(requestOf(name));
  const chain = writtenOut(description, explanation);

  test('is a description whose way back is whole', () => {
    expect(fromJson(toJson(chain))).toEqual(chain);
    for (const { index, inputs } of chain.steps) {
      for (const from of Object.values(inputs)) expect(from).toBeLessThan(index);
    }
    expect(chain.steps.map(({ index }) => index)).toEqual(chain.steps.map((_, index) => index));
  });

  test('holds no op that does many steps at once, and the same loss and gradients', () => {
    expect(chain.steps.filter(({ operation }) => fused.includes(operation))).toEqual([]);
    expect(chain.steps[chain.output ?? -1].value.numbers[0]).toBeCloseTo(loss, 14);
    const watched = (steps: typeof chain.steps) => steps.filter(({ operation }) => operation === 'watched');
    expect(watched(chain.steps).length).toBe(watched(description.steps).length);
    watched(chain.steps).forEach(({ cotangent }, index) => {
      const own = watched(description.steps)[index].cotangent?.numbers ?? [];
      expect(own.length).toBeGreaterThan(0);
      expect(cotangent?.numbers).toEqual(own.map((number) => expect.closeTo(number, 14)));
    });
  });
});

test('softmax cross-entropy is max, shift, exp, sum, division, logarithm', () => {
  const { description, explanation } = study(requestOf('softmax-cross-entropy', { logits: '3,1,-3', target: '0' }));
  const { steps } = writtenOut(description, explanation);
  const layer = 'softmaxCrossEntropy in elementary steps';
  expect(steps.filter((step) => step.layer === layer).map(({ operation }) => operation)).toEqual([
    'max',
    'subtract',
    'exp',
    'sum',
    'divide',
    'log',
    'multiply',
    'sum',
    'negate',
  ]);
  // The logits are used by max and by the shift: each passes back its own share.
  expect(steps[0].contributions.map(({ from }) => steps[from].operation)).toEqual(['subtract', 'max']);
});

test('without such an op nothing is changed', () => {
  const { description, explanation } = study(requestOf('huber'));
  expect(writtenOut(description, explanation)).toBe(description);
});
