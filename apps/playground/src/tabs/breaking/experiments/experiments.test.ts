import * as core from '@tapegrad/core';
import * as nn from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { readFields } from '../../../address/fields.ts';
import { codeOf } from '../code.ts';
import { ignoredLogits, labelLogits, weightLogits } from '../data.ts';
import { type ExperimentName, ends, experimentNames } from '../ends.ts';
import { breakingFields, labelChoices, type Settings } from '../fields.ts';
import { presets } from '../presets.ts';
import type { Result } from '../result.ts';
import { deadData } from './dead.ts';
import { experiments } from './index.ts';

const initial = readFields(breakingFields, new URLSearchParams());

async function run(name: ExperimentName, some: Partial<Settings> = {}, isMended = false): Promise<Result> {
  return experiments[name]({ ...initial, ...some }, isMended);
}

function number(result: Result, name: string): number {
  const figure = result.figures.find((figure) => figure.name === name);
  expect(figure, name).toBeDefined();
  return figure?.rows[0][0] ?? Number.NaN;
}

const endOf = async (...asked: Parameters<typeof run>): Promise<string> => (await run(...asked)).end;

describe('at first', () => {
  const first: Readonly<Record<ExperimentName, readonly [broken: string, mended: string]>> = {
    overflow: ['nan', 'right'],
    twice: ['higher', 'same'],
    label: ['error', 'computes'],
    column: ['positive', 'zero'],
    weights: ['same', 'larger'],
    ignored: ['nan', 'zero'],
    rate: ['diverges', 'smooth'],
    dead: ['stuck', 'learns'],
  };
  test.each(experimentNames)('%s breaks, and its fixed version does not', async (name) => {
    expect([await endOf(name), await endOf(name, {}, true)]).toEqual(first[name]);
    expect(ends[name]).toEqual(expect.arrayContaining([...first[name]]));
  });

  test('each has, somewhere among its settings, a message of the library in its own words', async () => {
    const said = await Promise.all([
      run('overflow'),
      run('twice'),
      run('label'),
      run('column', { by: 'mseLoss' }),
      run('weights', { given: 'one' }),
      run('ignored'),
      run('rate'),
      run('dead'),
    ]);
    expect(said.map(({ messages }) => messages.map(({ name, text }) => `${name}: ${text}`))).toMatchInlineSnapshot(`
      [
        [
          "NON_FINITE: gradients: the loss is NaN; the first step with NaN or infinity is %1 [1, 3] exp(x: %0); wanted a finite loss. Look at the inputs and the learning rate, or pass \`nonFinite: "allow"\` to see where it flows.",
        ],
        [
          "PROBABILITIES_AS_LOGITS: softmaxCrossEntropy: the logits are at least 0 and sum to 1 in each row (the first to 1.0000), as probabilities do. This loss has a softmax of its own: leave out the one before it.",
        ],
        [
          "VALUE: softmaxCrossEntropy: target[2] is 3, with 3 classes; wanted whole numbers from 0 to 2. The labels seem to start at 1: subtract 1 from all of them.",
        ],
        [
          "SHAPE: mseLoss: prediction is [3, 1], target is [3]; wanted one shape for both. Reshape one of them, for example \`reshape(target, [3, 1])\`; broadcasting would compare every pair.",
        ],
        [
          "SHAPE: softmaxCrossEntropy: weight is [1], with 2 classes; wanted [2], one weight for each class. Give a weight of 1 to classes that are not special.",
        ],
        [
          "ALL_TARGETS_IGNORED: softmaxCrossEntropy: all 4 targets are -100, the index to ignore; the mean of no losses is NaN. Check the labels, or leave such batches out.",
          "NON_FINITE: gradients: the loss is NaN; the first step with NaN or infinity is %7 [] constant NaN; wanted a finite loss. Look at the inputs and the learning rate, or pass \`nonFinite: "allow"\` to see where it flows.",
        ],
        [
          "NON_FINITE: gradients: the loss is Infinity; the first step with NaN or infinity is %3 [2] multiply(x: %2, y: %1); wanted a finite loss. Look at the inputs and the learning rate, or pass \`nonFinite: "allow"\` to see where it flows.",
        ],
        [
          "LOSS_AT_CHANCE: fit: after 100 steps the mean loss of the last 100 is 0.6951, that of guessing among 2 classes is 0.6931. Check that labels belong to their images, and try another learning rate.",
        ],
      ]
    `);
  });
});

describe('overflow', () => {
  test('steps over the edge where e^z leaves the format', async () => {
    for (const right of ['0', '1'] as const) {
      const beyond = right === '0' ? 'nan' : 'infinite';
      expect(await endOf('overflow', { right, logit: 88 })).toBe('right');
      expect(await endOf('overflow', { right, logit: 89 })).toBe(beyond);
      expect(await endOf('overflow', { right, logit: 709, type: 'float64' })).toBe('right');
      expect(await endOf('overflow', { right, logit: 710, type: 'float64' })).toBe(beyond);
    }
  });

  test('"right" is the loss of the fused form, and that is right at any size', async () => {
    for (const logit of [0, 1, 20, 88]) {
      for (const right of ['0', '1'] as const) {
        const [broken, mended] = [
          await run('overflow', { logit, right }),
          await run('overflow', { logit, right }, true),
        ];
        expect(number(broken, 'loss')).toBeCloseTo(number(mended, 'loss'), 4);
      }
    }
    expect(number(await run('overflow', { right: '1', type: 'float64' }, true), 'loss')).toBe(1000);
  });
});

describe('softmax twice', () => {
  test('leaves ln(e + C − 1) − 1', async () => {
    for (const classes of [2, 10, 100]) {
      const result = await run('twice', { classes, certainty: 40 });
      expect(number(result, 'loss')).toBeCloseTo(Math.log(Math.E + classes - 1) - 1, 12);
      expect(result.curves?.map(({ name }) => name)).toEqual(['once', 'twice']);
    }
  });

  test('harms most where the model is wrong: there the right logit is pulled 1,300 times less', async () => {
    const { certainty } = breakingFields;
    expect(certainty.read('-5')).toBe(-5);
    const result = await run('twice', { classes: 10, certainty: -5 });
    expect(number(result, 'harm')).toBeGreaterThan(1300);
    expect(number(result, 'harm')).toBeCloseTo(number(result, 'pullOnce') / number(result, 'pull'), 9);
    expect(number(await run('twice', { classes: 10, certainty: -5 }, true), 'harm')).toBe(1);
    expect(result.curves?.[0].points[0][0]).toBe(-20);
  });

  test('is the same where the model knows nothing', async () => {
    const result = await run('twice', { certainty: 0 });
    expect(result.end).toBe('same');
    expect(number(result, 'loss')).toBeCloseTo(Math.log(10), 12);
  });
});

describe('a label out of range', () => {
  test('is an error, but for −100, which leaves the row out', async () => {
    const found = await Promise.all(labelChoices.map((label) => endOf('label', { label })));
    expect(Object.fromEntries(labelChoices.map((label, at) => [label, found[at]]))).toEqual({
      '0': 'computes',
      '2': 'computes',
      '3': 'error',
      '7': 'error',
      '-1': 'error',
      '1.5': 'error',
      '-100': 'ignored',
    });
  });

  test('can be mended', async () => {
    const found = await Promise.all(labelChoices.map((label) => endOf('label', { label }, true)));
    expect(found).toEqual(['computes', 'computes', 'computes', 'ignored', 'ignored', 'computes', 'ignored']);
  });
});

test('a column against a list has twice the variance of the targets as its loss', async () => {
  for (const rows of [2, 3, 6]) {
    const targets = core.tensor(Float64Array.from({ length: rows }, (_, row) => row + 1));
    expect(number(await run('column', { rows }), 'loss')).toBeCloseTo(
      2 * core.variance(targets, { correction: 0 }).item(),
      12,
    );
    expect(await endOf('column', { rows, by: 'mseLoss' })).toBe('error');
    expect(await endOf('column', { rows, by: 'mseLoss' }, true)).toBe('zero');
  }
});

describe('weights', () => {
  test('cancel where all rows are of one class', async () => {
    for (const weight of [0.5, 9, 20]) expect(await endOf('weights', { weight, rare: 4 })).toBe('same');
    expect(await endOf('weights', { rare: 0 })).toBe('same');
    expect(await endOf('weights', { rare: 2 })).toBe('larger');
    expect(await endOf('weights', { rare: 2, weight: 0.5 })).toBe('smaller');
    expect(await endOf('weights', { weight: 0 })).toBe('nan');
    expect(await endOf('weights', { given: 'one' })).toBe('error');
  });

  test('divided by the rows, count as often as they say', async () => {
    const result = await run('weights', { weight: 9 }, true);
    expect(number(result, 'loss')).toBeCloseTo(9 * number(result, 'unweighted'), 12);
  });
});

test('everything ignored is NaN, with a gradient of 0; any row that counts makes it a number', async () => {
  for (const ignored of [0, 1, 2, 3]) {
    expect(await endOf('ignored', { ignored })).toBe('finite');
    expect(number(await run('ignored', { ignored }, true), 'loss')).toBeCloseTo(
      number(await run('ignored', { ignored }), 'loss'),
      12,
    );
  }
  const all = await run('ignored', { ignored: 4 });
  expect(
    all.figures
      .find(({ name }) => name === 'gradient')
      ?.rows.flat()
      .every((slope) => slope === 0),
  ).toBe(true);
});

test('gradient descent turns over at 1/κ and at 2/κ', async () => {
  for (const type of ['float32', 'float64'] as const) {
    for (const curvature of [2, 10, 20]) {
      const ways = [0.9, 1.9, 2, 2.1].map((share) => endOf('rate', { type, curvature, rate: share / curvature }));
      expect(await Promise.all(ways)).toEqual(['smooth', 'swings', 'forever', 'diverges']);
    }
  }
});

test('a dead ReLU has no slope at all, one that leaks has', async () => {
  const dead = await run('dead');
  expect([number(dead, 'speaking'), number(dead, 'still')]).toEqual([0, 16]);
  expect(number(dead, 'loss')).toBeCloseTo(Math.LN2, 12);
  const leaking = await run('dead', { unit: 'LeakyReLU' });
  expect([leaking.end, number(leaking, 'speaking'), number(leaking, 'still')]).toEqual(['learns', 0, 0]);
});

describe('the code that is shown', () => {
  const shown = experimentNames.flatMap((name) =>
    [{}, ...presets[name].map(({ settings }) => settings)].flatMap((settings) =>
      [false, true].map((isMended) => ({ name, settings, isMended })),
    ),
  );
  test.each(shown)('is what is computed: $name $settings $isMended', async ({ name, settings, isMended }) => {
    const result = await run(name, settings, isMended);
    const outcome = await runLines(name, codeOf[name]({ ...initial, ...settings }, isMended));
    const errors = result.messages.filter(({ kind }) => kind === 'error').map(({ text }) => text);
    expect(outcome.error === undefined ? [] : [outcome.error]).toEqual(errors);
    if (outcome.loss !== undefined) expect(outcome.loss).toBe(number(result, 'loss'));
  });
});

/** Runs lines with the library in reach, and the numbers that they do not spell out. */
async function runLines(name: ExperimentName, text: string): Promise<{ loss?: number; error?: string }> {
  const numbers: Partial<Record<ExperimentName, number[][]>> = {
    label: labelLogits,
    weights: weightLogits,
    ignored: ignoredLogits,
  };
  const { points, labels } = deadData();
  using tape = new core.Tape();
  const given: Record<string, unknown> = { ...core, ...nn, tape };
  const logits = numbers[name];
  if (logits) given.logits = core.tensor(logits, { dtype: 'float64' });
  if (name === 'dead') Object.assign(given, { points: core.tensor(points, { dtype: 'float64' }), labels });
  const losses: number[] = [];
  const fit: typeof nn.fit = (options) =>
    nn.fit({ ...options, callbacks: [...(options.callbacks ?? []), { onStep: ({ loss }) => void losses.push(loss) }] });
  Object.assign(given, { fit });
  const result = { rate: 'f(path[path.length - 1])', dead: 'undefined' }[name as string] ?? 'loss';
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const call = new AsyncFunction(...Object.keys(given), `${text}\nreturn ${result};`);
  const stop = core.onWarning(() => {});
  try {
    const loss: unknown = await call(...Object.values(given));
    return { loss: loss instanceof core.Tensor ? loss.item() : losses[losses.length - 1] };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    stop();
  }
}
