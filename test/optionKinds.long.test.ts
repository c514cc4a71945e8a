import * as core from '@tapegrad/core';
import * as datasets from '@tapegrad/datasets';
import * as nn from '@tapegrad/nn';
import * as onnx from '@tapegrad/onnx';
import { afterAll, describe, expect, test } from 'vitest';
import { type Callable, parametersOf } from './parametersOf.ts';
import { coreCalls, datasetCalls, nnCalls } from './rightCalls.ts';
import { onnxCalls } from './rightOnnxCalls.ts';
import { wrongKinds } from './wrongKinds.ts';

/*
 * Each option of each function and class is given as something of every kind: a value comes out, or an error in words. What is
 * made is used too: a layer is built and called, a schedule asked, an initialiser drawn from.
 */

const { Random, ones } = core;
const random = (): core.Random => new Random(1);
const channels = { outChannels: 2, kernelSize: 3 };
const weights = () => ({ shape: [2, 2], random: random() });

type Options = Readonly<Record<string, unknown>>;

/** Options that are right, of what takes options alone and cannot do without; all others begin with none. */
const alone: Readonly<Record<string, () => Options>> = {
  ...Object.fromEntries(
    ['Conv1d', 'Conv2d', 'Conv3d', 'ConvTranspose2d', 'DeformConv2d'].map((name) => [name, () => channels]),
  ),
  ...Object.fromEntries(
    ['kaimingNormal', 'kaimingUniform', 'xavierUniform', 'xavierNormal', 'defaultWeight'].map((name) => [
      name,
      weights,
    ]),
  ),
  Dense: () => ({ outFeatures: 2 }),
  Embedding: () => ({ count: 3, features: 2 }),
  GroupNorm: () => ({ groups: 1 }),
  Dropout: () => ({ rate: 0.5 }),
  DropBlock: () => ({ rate: 0.5, blockSize: 2 }),
  Pad: () => ({ padding: 1 }),
  Reshape: () => ({ shape: [36] }),
  Upsample: () => ({ size: 8 }),
  MaxPool2d: () => ({ kernelSize: 2 }),
  AvgPool2d: () => ({ kernelSize: 2 }),
  AdaptiveAvgPool2d: () => ({ outputSize: 2 }),
  SqueezeExcitation: () => ({ reduction: 1 }),
  Clamp: () => ({ min: 0 }),
  Power: () => ({ exponent: 2 }),
  Take: () => ({ indices: [0], axis: 1 }),
  ReduceOnPlateau: () => ({ base: 1 }),
  cosineAnnealing: () => ({ base: 1, period: 10 }),
  earlyStopping: () => ({ patience: 2 }),
  exponentialDecay: () => ({ base: 1, gamma: 0.5 }),
  linearWarmUp: () => ({ base: 1, steps: 3 }),
  multiStepDecay: () => ({ base: 1, milestones: [1] }),
  oneCycle: () => ({ peak: 1, steps: 10 }),
  stepDecay: () => ({ base: 1, size: 2, gamma: 0.5 }),
  warmUpFactor: () => ({ steps: 3 }),
  crossEntropyOfDistributions: () => ({ of: [0.5, 0.5], under: [0.5, 0.5] }),
  klDivergence: () => ({ of: [0.5, 0.5], from: [0.5, 0.5] }),
  builtInDigits: () => ({ train: 2, test: 1 }),
  drawDigits: () => ({ count: 2, random: random() }),
  ...Object.fromEntries(['noisyLine', 'noisySine', 'spirals', 'twoMoons'].map((name) => [name, () => ({ count: 4 })])),
  cutout: () => ({ size: 1 }),
  resizedCrop: () => ({ size: 2 }),
  rotate: () => ({ degrees: 5 }),
  shift: () => ({ pixels: 1 }),
  fit: () => ({
    epochs: 1,
    batches: () => [1],
    loss: (_: number, tape: core.Tape) => core.sum(tape.watch(ones([1]))),
    optimiser: { step: () => undefined },
  }),
};

/** Images for layers, unless a layer takes something else. */
const inputShapes: Readonly<Record<string, readonly number[]>> = {
  Conv1d: [1, 6],
  Conv3d: [1, 4, 4, 4],
  Embedding: [2],
  Dense: [4],
};

const notTried: Readonly<Record<string, string>> = {
  configureEngine: 'would set the engine for other tests; machine.test.ts tries it',
  servePrefetch: 'runs inside a worker',
  ...Object.fromEntries(
    ['Tensor', 'operationLayer', 'Optimiser', 'slidingMove'].map((name) => [
      name,
      'for authors, whom the compiler helps',
    ]),
  ),
};

const isOptions = (parameter: string): boolean => /^(\.\.\.\[)?(options|settings|given)\b|^\{/.test(parameter);
const calls: Readonly<Record<string, () => readonly unknown[]>> = {
  ...coreCalls,
  ...nnCalls,
  ...datasetCalls,
  ...onnxCalls,
};
const takers = Object.entries({ ...core, ...nn, ...datasets, ...onnx } as Readonly<Record<string, unknown>>).flatMap(
  ([name, value]) => {
    if (typeof value !== 'function' || value.prototype instanceof Error || name in notTried) return [];
    const at = parametersOf(value as Callable).findIndex(isOptions);
    return at < 0 ? [] : [{ name, target: value as Callable, at }];
  },
);

async function called(target: Callable, given: readonly unknown[]): Promise<unknown> {
  const made = await (/^class\b/.test(String(target)) ? Reflect.construct(target, given) : target(...given));
  return (await (made as Partial<Iterator<unknown>> | undefined)?.next?.()) ?? made;
}

/** Asks what was made for something. */
function used(name: string, made: unknown): void {
  if (typeof made === 'function') return void made(name.endsWith('Initialiser') ? weights() : 3);
  if (!(typeof made === 'object' && made !== null && 'build' in made && 'call' in made) || 'joins' in made) return;
  const inputShape = inputShapes[name] ?? [1, 6, 6];
  const model = new nn.Sequential([made as nn.Layer], { inputShape, random: random() });
  model.call(ones([2, ...inputShape]), { training: true, random: random() }).toList();
}

let tried = 0;

describe('an option of another kind is taken or refused in words by', () => {
  test.each(takers)('$name', async ({ name, target, at }) => {
    const right = (): unknown[] => {
      const given = [...(calls[name]?.() ?? [])];
      return Array.from({ length: at + 1 }, (_, index) => given[index]).with(at, given[at] ?? alone[name]?.() ?? {});
    };
    const refusal: unknown = await called(target, right().with(at, { notAnOption: 1 })).catch((error) => error);
    const { wanted } = refusal as core.TapegradError;
    const untyped: string[] = [];
    for (const option of wanted.split(', ').filter((each) => each !== 'no options')) {
      // `undefined` is as if it was not given.
      for (const [kind, make] of Object.entries(wrongKinds).slice(1)) {
        const options = { ...(right()[at] as Options), [option]: make() };
        tried++;
        await called(target, right().with(at, options)).then(
          (made) => {
            try {
              used(name, made);
            } catch (error) {
              if (!(error instanceof core.TapegradError)) untyped.push(`${option} as ${kind}, used: ${error}`);
            }
          },
          (error) => {
            if (!(error instanceof core.TapegradError)) untyped.push(`${option} as ${kind}: ${error}`);
          },
        );
      }
    }
    expect(untyped).toEqual([]);
  });

  afterAll(() => {
    console.log(`${tried} calls with an option of another kind`);
    expect(tried).toBeGreaterThan(10_000);
  });
});
