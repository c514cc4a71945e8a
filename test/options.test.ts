import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import * as authors from '../packages/core/src/authors/index.ts';
import * as core from '../packages/core/src/index.ts';
import * as datasets from '../packages/datasets/src/index.ts';
import * as datasetsOfNode from '../packages/datasets/src/node/index.ts';
import * as explain from '../packages/explain/src/index.ts';
import * as expression from '../packages/expression/src/index.ts';
import * as nn from '../packages/nn/src/index.ts';
import * as nnOfNode from '../packages/nn/src/node/index.ts';
import * as onnx from '../packages/onnx/src/index.ts';
import * as onnxOfNode from '../packages/onnx/src/node/index.ts';
import { type Callable, parametersOf } from './parametersOf.ts';

/*
 * An option that nobody reads changes nothing, without a word. So every function and class of every package that takes
 * options refuses those that it does not know. Which they are is read from their parameters: one called `options`, `settings`
 * or `given`, or an object that is taken apart.
 */

const doors = { core, authors, nn, nnOfNode, datasets, datasetsOfNode, explain, expression, onnx, onnxOfNode };

/** What takes an object that is no options, or checks them elsewhere. Errors are left out: what they take is the message. */
const exceptions: Readonly<Record<string, string>> = {
  Tensor: 'takes numbers, and an origin that ops alone write',
  checkOptions: 'is what refuses them',
  wrongKind: 'takes the words of an error',
  readWindow: 'is handed all options of a layer, and reads those of its window',
  resizedAxes: 'is handed all options of a layer, and reads those of its size',
  operationLayer: 'takes the description of a class; the class refuses options that it does not name',
  Optimiser: 'takes the description of a class; each optimiser refuses settings that it does not have',
  passedText: 'takes a step of a description',
  stepOptions: 'takes a step of a description',
  stepTitle: 'takes a step of a description',
  toJson: 'takes a description',
  arrowHead: 'takes a point',
};

const takesOptions = (parameter: string): boolean => /^(\.\.\.\[)?(options|settings|given)\b|^\{/.test(parameter);

/** Those that take options, by name, with where among the parameters they come. */
const takers = new Map<string, { callable: Callable; at: number }>();
for (const door of Object.values(doors)) {
  for (const [name, value] of Object.entries(door)) {
    if (typeof value !== 'function' || value.prototype instanceof Error) continue;
    const at = parametersOf(value as Callable).findIndex(takesOptions);
    if (at >= 0) takers.set(name, { callable: value as Callable, at });
  }
}

/** What comes of a call that is given nothing but options; of one that begins later, what comes of its beginning. */
async function called({ callable, at }: { callable: Callable; at: number }, options: unknown): Promise<unknown> {
  const given = [...Array.from({ length: at }, () => undefined), options];
  try {
    const made = await (String(callable).startsWith('class') ? Reflect.construct(callable, given) : callable(...given));
    return await (made as Partial<AsyncIterator<unknown>>)?.next?.();
  } catch (error) {
    return error;
  }
}

const refused: string[] = [];

describe('an option that nobody reads is refused by', () => {
  test.each([...takers].filter(([name]) => !(name in exceptions)))('%s', async (name, taker) => {
    expect(await called(taker, { notAnOption: 1 })).toMatchObject({
      code: 'VALUE',
      got: 'an option called notAnOption',
    });
    for (const other of [1, null, [1], core.tensor([1])]) {
      expect(await called(taker, other)).toMatchObject({
        code: 'VALUE',
        got: expect.stringMatching(/^(the number 1|null|a list of 1|a tensor of shape \[1\])$/),
      });
    }
    refused.push(name);
  });

  afterAll(() => console.log(`${refused.length} functions and classes refuse unknown options`));
});

test('the exceptions are none but those', () => {
  expect(Object.keys(exceptions).filter((name) => !takers.has(name))).toEqual([]);
  expect(takers.size).toBeGreaterThan(150);
});

describe('named as elsewhere, they are told of ours:', () => {
  const { Parameter, Tape, conv2d, maxPool2d, ones, softmax, sum, tensor } = core;
  const parameters = [new Parameter('w', ones([2]))];
  const images = ones([1, 1, 4, 4]);
  /** As from JavaScript, where nobody looks at names. */
  const any = (options: unknown): never => options as never;
  const loss = (tape: core.Tape): core.Tensor => sum(tape.watch([1, 2]));

  test.each<[string, () => unknown, string]>([
    [
      'Adam',
      () => new nn.Adam(parameters, any({ lr: 0.1 })),
      'Adam: an option called lr; wanted learningRate, betas, epsilon, weightDecay, amsgrad. Perhaps learningRate is meant.',
    ],
    ['SGD', () => new nn.SGD(parameters, any({})), 'SGD: learningRate is missing'],
    [
      'a group',
      () => new nn.SGD([any({ parameters, lr: 0.1 })], { learningRate: 1 }),
      'SGD, group 0: an option called lr; wanted',
    ],
    [
      'a group of PyTorch',
      () => new nn.SGD([any({ params: parameters })], { learningRate: 1 }),
      'Perhaps parameters is meant',
    ],
    [
      'a parameter among groups',
      () => new nn.SGD(any([...parameters, { parameters }]), { learningRate: 1 }),
      'SGD, group 0: a parameter of shape',
    ],
    [
      'a model for its parameters',
      () => new nn.Adam(any({ parameters })),
      'Adam: parameters is an object; wanted a list of parameters, or of groups of them. Pass `model.parameters`.',
    ],
    [
      'softmaxCrossEntropy',
      () => nn.softmaxCrossEntropy([[1, 2]], [0], any({ label_smoothing: 0.1 })),
      'Perhaps labelSmoothing is meant.',
    ],
    [
      'sum',
      () => sum([[1, 2]], any({ axis: 1 })),
      'sum: an option called axis; wanted axes, keepDims. Perhaps axes is meant.',
    ],
    [
      'sum by position',
      () => sum([[1, 2]], any(1)),
      'sum: the number 1; wanted options by name, as in { axes: … }. Choose from axes, keepDims.',
    ],
    ['softmax', () => softmax([[1, 2]], any({ dim: 1 })), 'Perhaps axis is meant.'],
    ['Dropout', () => new nn.Dropout(any({ p: 0.9 })), 'Perhaps rate is meant.'],
    ['conv2d', () => conv2d(images, ones([1, 1, 2, 2]), any({ strides: 2 })), 'Perhaps stride is meant.'],
    ['LayerNorm', () => new nn.LayerNorm(any({ shape: [4] })), 'Perhaps axes is meant.'],
    ['Conv2d', () => new nn.Conv2d(any({ filters: 8, kernelSize: 3 })), 'Perhaps outChannels is meant.'],
    ['Dense', () => new nn.Dense(any({ units: 8 })), 'Perhaps outFeatures is meant.'],
    [
      'ReLU',
      () => new nn.ReLU(any({ inplace: true })),
      'ReLU: an option called inplace; wanted no options. Leave it out.',
    ],
    [
      'maxPool2d',
      () => maxPool2d(images, any({})),
      'maxPool2d: kernelSize is missing; wanted { kernelSize: … }. Give kernelSize.',
    ],
    ['maxPool2d without options', () => maxPool2d(images, any(undefined)), 'maxPool2d: kernelSize is missing'],
    ['MaxPool2d', () => new nn.MaxPool2d(any({ poolSize: 2 })), 'Perhaps kernelSize is meant.'],
    ['cosineAnnealing', () => nn.cosineAnnealing(any({ base: 1, T_max: 9 })), 'Perhaps period is meant.'],
    ['batches', () => datasets.batches(any(undefined), any({ batchSize: 4, seed: 1 })), 'Perhaps random is meant.'],
    ['shift', () => datasets.shift(any({ pixel: 2 })), 'Perhaps pixels is meant.'],
    ['tensor', () => tensor([1], any({ type: 'float64' })), 'Perhaps dtype is meant.'],
    [
      'gradients',
      () => new Tape().gradients(any(undefined), any({ create_graph: true })),
      'gradients: an option called create_graph; wanted',
    ],
    [
      'stepBackward',
      () => new Tape().stepBackward(any(undefined), any({ differentiable: true })),
      'stepBackward: an option called differentiable; wanted',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  test('a misspelt option of a walk back leaves the tape as it was', () => {
    using tape = new Tape();
    const output = loss(tape);
    expect(() => tape.gradients(output, any({ cotangents: [1] }))).toThrow('Perhaps cotangent is meant.');
    expect(tape.gradients(output).get(tape.steps[0].output).toList()).toEqual([1, 1]);
  });
});

describe('the names that docs/differences.md has beside ours lead to ours:', () => {
  const page = readFileSync(new URL('../docs/differences.md', import.meta.url), 'utf8');
  const [, table] = page.split('\n| here | of | PyTorch');
  const inBackticks = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  const rows = table.split('\n\n')[0].split('\n').slice(2);
  const cases = rows.flatMap((row) => {
    const [, ours, functions, ...elsewhere] = row.split('|').map(inBackticks);
    const foreign = new Set(elsewhere.flat().filter((name) => !ours.includes(name)));
    return functions.flatMap((name) => [...foreign].map((other) => [name, other, ours] as const));
  });

  test.each(cases)('%s with %s', async (name, other, ours) => {
    const taker = takers.get(name);
    expect(taker).toBeDefined();
    const error = await called(taker as NonNullable<typeof taker>, { [other]: 1 });
    const nearest = /^Perhaps (\w+) is meant$/.exec((error as core.TapegradError).remedy)?.[1];
    expect(ours).toContain(nearest);
  });

  test('are many', () => {
    expect(cases.length).toBeGreaterThan(25);
  });
});

describe('numbers and truth values in quotes are refused by', () => {
  /** Options that are texts, whatever stands in them. */
  const isText = /name|labels|targets|categor|classes|path|folder|title|prefix|delimiter|mirror|file|version/i;
  const { Adam } = nn;

  test.each([...takers].filter(([name]) => !(name in exceptions)))('%s', async (name, taker) => {
    const unknown = (await called(taker, { notAnOption: 1 })) as core.TapegradError;
    const options = unknown.wanted.split(', ').filter((option) => option !== 'no options' && !isText.test(option));
    // Shapes, of which it says more: graphs.test.ts.
    for (const option of name === 'importOnnx' ? options.filter((option) => option !== 'inputShape') : options) {
      for (const [value, text] of [
        ['false', 'false'],
        ['0.1', '0.1'],
        [[1, '2'], '2'],
      ] as const) {
        expect(await called(taker, { [option]: value })).toMatchObject({
          code: 'VALUE',
          got: `${option} is the text '${text}'`,
          remedy: `Leave out the quotes: \`${text}\``,
        });
      }
    }
  });

  test('words that stand for a truth value elsewhere are answered with the one that is meant', () => {
    for (const [text, meant] of Object.entries({ no: 'false', Off: 'false', yes: 'true', ON: 'true' })) {
      expect(() => core.sum([1], { keepDims: text as never })).toThrow(`Leave out the quotes: \`${meant}\`.`);
    }
  });

  test('setters, schedules, metrics and contexts, which take no options', () => {
    const any = (value: unknown): never => value as never;
    const optimiser = new Adam([new core.Parameter('w', core.tensor([1]))]);
    const model = new nn.Sequential([new nn.Dropout({ rate: 0.5 })], { inputShape: [2], random: new core.Random(1) });
    const x = core.ones([1, 2]);
    expect(() => (optimiser.learningRate = any('0.5'))).toThrow("learningRate is the text '0.5'");
    expect(optimiser.learningRate).toBe(1e-3);
    expect(() => nn.stepDecay({ base: 1, size: 2, gamma: 0.5 })(any('1'))).toThrow("step is the text '1'");
    expect(() => new nn.ReduceOnPlateau({ base: 1 }).report(any('x'))).toThrow("metric is the text 'x'");
    expect(() => model.call(x, any({ training: 'false' }))).toThrow("training is the text 'false'");
    expect(() => model.call(x, any({ training: 1 }))).toThrow('call: training is the number 1; wanted true or false.');
    expect(() => model.call(x, any({ train: true }))).toThrow('call: an option called train; wanted training, random.');
    expect(() => model.call(x, any(true))).toThrow(
      'call: true, a boolean; wanted options by name, as in { training: … }.',
    );
  });

  test('initialisers, betas, types of models and what a walk back does with NaN', () => {
    const any = (value: unknown): never => value as never;
    const of = (initialiser: unknown) =>
      new nn.Sequential([new nn.Dense({ outFeatures: 2, initialiser: any(initialiser) })], {
        inputShape: [2],
        random: new core.Random(1),
      });
    const parameters = [new core.Parameter('w', core.tensor([1]))];
    using tape = new core.Tape();
    const output = core.sum(tape.watch([1]));
    expect(() => of('zeros')).toThrow("dense1: the initialiser is the text 'zeros'; wanted a function.");
    expect(() => of(() => 3)).toThrow('dense1: what the initialiser gives is the number 3; wanted a tensor.');
    expect(() => of(() => core.tensor([1]))).toThrow('dense1: what the initialiser gives is [1]; wanted [2, 2].');
    expect(() => new Adam(parameters, { betas: any([0.9]) })).toThrow(
      'Adam: betas is a list of 1; wanted a list of 2 numbers. Pass `betas: [0.9, 0.999]`.',
    );
    expect(() => new nn.NAdam(parameters, { betas: any([0.9]) })).toThrow(
      'NAdam: betas is a list of 1; wanted a list of 2',
    );
    expect(() => new nn.Muon(parameters, { coefficients: any([1, 2]) })).toThrow(
      'coefficients is a list of 2; wanted a list of 3',
    );
    expect(() => new Adam(parameters, { betas: any(0.9) })).toThrow('Adam: betas is the number 0.9; wanted a list');
    expect(() => new nn.Sequential([], { inputShape: [2], random: new core.Random(1), dtype: any('double') })).toThrow(
      "wanted 'float32' or 'float64'",
    );
    expect(() => tape.gradients(output, { nonFinite: any('ignore') })).toThrow("nonFinite is the text 'ignore'");
  });
});
