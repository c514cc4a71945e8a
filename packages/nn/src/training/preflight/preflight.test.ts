import { add, detach, divide, multiply, Parameter, Random, relu, sum, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { ReLU } from '../../layers/activations.ts';
import { BatchNorm } from '../../layers/batchNorm.ts';
import { Conv2d } from '../../layers/conv2d.ts';
import { Dense } from '../../layers/dense.ts';
import { Dropout } from '../../layers/dropout.ts';
import { Flatten } from '../../layers/flatten.ts';
import type { Layer } from '../../layers/layer.ts';
import { Sequential } from '../../layers/sequential.ts';
import { mseLoss } from '../../losses/mse.ts';
import { Adam } from '../../optimisers/adam.ts';
import type { Finding } from './finding.ts';
import { type PreflightOptions, preflight } from './preflight.ts';

const [count, classes] = [64, 3];
const labels = Uint8Array.from({ length: count }, (_, sample) => sample % classes);

/** Images of 6 × 6 of noise, normalised, with a bright row that tells the class. */
function images(): Tensor {
  const random = new Random(3);
  const pixels = Array.from(labels, (label) =>
    Array.from({ length: 36 }, (_, pixel) => random.normal() + (Math.floor(pixel / 6) === label ? 2 : 0)),
  );
  return tensor(pixels.flat(), { shape: [count, 1, 6, 6], dtype: 'float32' });
}

const layers = (): Layer[] => [
  new Conv2d({ outChannels: 4, kernelSize: 3 }),
  new ReLU(),
  new Flatten(),
  new Dense({ outFeatures: 16 }),
  new ReLU(),
  new Dense({ outFeatures: classes }),
];

const model = (made = layers()): Sequential => new Sequential(made, { inputShape: [1, 6, 6], random: new Random(1) });

function check(changed: Partial<PreflightOptions> = {}): readonly Finding[] {
  return preflight({ build: () => model(), inputs: images(), target: labels, ...changed });
}

const verdicts = (found: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(found.map(({ check, verdict }) => [check, verdict]));

const found = (all: readonly Finding[], check: string): Finding | undefined => all.find((each) => each.check === check);

const allPassed = {
  'loss at the start': 'passed',
  'gradient of each parameter': 'passed',
  'units that never open': 'passed',
  'overfit one batch of 32 samples': 'passed',
  'the loss depends on the inputs': 'passed',
  'each sample by itself': 'passed',
  'same seed, same bits': 'passed',
};

describe('a model that is put together right', () => {
  test('passes every check, and needs no remedy', () => {
    const all = check();
    expect(verdicts(all)).toEqual(allPassed);
    expect(all.map(({ remedy }) => remedy)).toEqual(all.map(() => ''));
  });

  test('also with dropout and batch normalisation, which differ in training', () => {
    const build = (bias: boolean) => () => {
      const conv = new Conv2d({ outChannels: 4, kernelSize: 3, bias });
      return model([conv, new BatchNorm(), new Dropout({ rate: 0.1 }), ...layers().slice(1)]);
    };
    const optimiser = (parameters: readonly Parameter[]) => new Adam(parameters, { learningRate: 0.005 });
    expect(verdicts(check({ build: build(false), optimiser }))).toEqual(allPassed);
    // A bias that the normalisation takes away again.
    expect(found(check({ build: build(true) }), 'gradient of each parameter')).toMatchObject({
      verdict: 'doubtful',
      remedy:
        'Hardly anything arrives at conv1.bias: look at its first weights, and at what squashes behind it; a bias right before a normalisation has no effect, leave it out.',
    });
  });

  test('is not changed: the checks train models of their own', () => {
    const kept = model();
    const before = kept.parameters.map((parameter) => parameter.toList());
    check();
    expect(kept.parameters.map((parameter) => parameter.toList())).toEqual(before);
  });

  test('with a loss of its own is not compared with guessing, unless its loss is told', () => {
    const target = tensor(Array.from(labels, (label) => [0, 1, 2].map((each) => (each === label ? 1 : 0))));
    const all = check({ target, loss: mseLoss });
    expect(found(all, 'loss at the start')).toBeUndefined();
    expect(found(check({ target, loss: mseLoss, lossOfGuessing: 1 / 3 }), 'loss at the start')?.verdict).toBe('passed');
  });

  test('without a ReLU has no units to look at', () => {
    const all = check({ build: () => model([new Flatten(), new Dense({ outFeatures: classes })]) });
    expect(found(all, 'units that never open')).toBeUndefined();
  });
});

describe('a set-up with a mistake is found, with a way out', () => {
  test('pixels from 0 to 255: the loss at the start', () => {
    const inputs = multiply(add(images(), 3), 40);
    expect(found(check({ inputs }), 'loss at the start')).toMatchInlineSnapshot(`
      {
        "check": "loss at the start",
        "remedy": "The model is sure of itself before it has learnt anything: normalise the inputs, and make the first weights of its last layer smaller.",
        "seen": "25.98, the mean of 64 samples",
        "verdict": "failed",
        "wanted": "1.099 ± 0.5218, that of guessing",
      }
    `);
  });

  test('a target among the inputs: less than guessing', () => {
    const target = tensor(Array.from(labels, (label) => [0, 1, 2].map((each) => (each === label ? 1 : 0))));
    const all = check({ target, loss: mseLoss, lossOfGuessing: 3 });
    expect(found(all, 'loss at the start')?.verdict).toBe('failed');
    expect(found(all, 'loss at the start')?.remedy).toBe(
      'Look whether the inputs give the target away, and whether the number of classes is right.',
    );
  });

  test('a layer that never opens: gradient, units, and nothing is learnt', () => {
    const build = () => {
      const dead = model();
      dead.parameter('conv1.bias').update((numbers) => numbers.fill(-100));
      return dead;
    };
    const all = check({ build });
    expect(found(all, 'gradient of each parameter')).toMatchInlineSnapshot(`
      {
        "check": "gradient of each parameter",
        "remedy": "Look at the layers behind these: a ReLU that never opens, a value that was detached, a parameter that is not used.",
        "seen": "all 0 at conv1.weight, conv1.bias, dense1.weight",
        "verdict": "failed",
        "wanted": "finite and not all 0, at each",
      }
    `);
    expect(found(all, 'units that never open')).toMatchInlineSnapshot(`
      {
        "check": "units that never open",
        "remedy": "Make first weights and biases less negative, normalise the inputs, or try LeakyReLU.",
        "seen": "relu1 4 of 4, relu2 7 of 16",
        "verdict": "failed",
        "wanted": "at most 25 % of a layer over 64 samples",
      }
    `);
    expect(found(all, 'overfit one batch of 32 samples')?.verdict).toBe('failed');
    expect(found(all, 'the loss depends on the inputs')).toMatchInlineSnapshot(`
      {
        "check": "the loss depends on the inputs",
        "remedy": "The model does as well without looking: check that inputs differ and reach it, and that targets differ.",
        "seen": "after that, 1.098 on the inputs and 1.098 on zeros",
        "verdict": "failed",
        "wanted": "at least 2.195 on zeros",
      }
    `);
  });

  test('a third of the units dead is doubtful', () => {
    const build = () => {
      const dead = model();
      dead.parameter('dense1.bias').update((numbers) => numbers.fill(-100, 0, 6));
      return dead;
    };
    expect(found(check({ build }), 'units that never open')).toMatchObject({
      verdict: 'doubtful',
      seen: 'relu1 0 of 4, relu2 6 of 16',
    });
  });

  test('a parameter that nothing leads to, and one that hardly anything arrives at', () => {
    const lost = new Parameter('lost', tensor([1]));
    const build = () => {
      const inner = model();
      return { parameters: [...inner.parameters, lost], call: (x: Tensor) => inner.call(x) };
    };
    expect(found(check({ build }), 'gradient of each parameter')).toMatchObject({
      verdict: 'failed',
      seen: 'none at lost',
    });
    const faint = () => {
      const inner = model();
      inner.parameter('dense1.weight').update((numbers) => {
        numbers.forEach((number, at) => {
          numbers[at] = number * 1e-7;
        });
      });
      return inner;
    };
    expect(found(check({ build: faint }), 'gradient of each parameter')).toMatchObject({
      verdict: 'doubtful',
      remedy: expect.stringMatching(/^Hardly anything arrives at conv1\.(weight|bias): /),
    });
  });

  test('a model that does not look at its inputs', () => {
    const build = () => {
      const inner = model();
      return { parameters: inner.parameters, call: (x: Tensor) => inner.call(multiply(x, 0)) };
    };
    const all = check({ build });
    expect(found(all, 'overfit one batch of 32 samples')).toMatchInlineSnapshot(`
      {
        "check": "overfit one batch of 32 samples",
        "remedy": "Try a learning rate ten times higher or lower; then look at the loss, at its sign, and at whether each target belongs to its sample.",
        "seen": "loss 1.098 after 200 steps",
        "verdict": "failed",
        "wanted": "below 0.01 within 200 steps",
      }
    `);
    expect(found(all, 'the loss depends on the inputs')?.verdict).toBe('failed');
  });

  test('labels all of one class are learnt without looking', () => {
    const all = check({ target: new Uint8Array(count) });
    expect(found(all, 'overfit one batch of 32 samples')?.verdict).toBe('passed');
    expect(found(all, 'the loss depends on the inputs')?.verdict).toBe('failed');
  });

  test('a learning rate far off', () => {
    const optimiser = () => ({ step: () => {} });
    expect(found(check({ optimiser }), 'overfit one batch of 32 samples')?.seen).toMatch(
      /^loss 1\.\d+ after 200 steps$/,
    );
  });

  test('a model that mixes the samples of a batch', () => {
    const build = () => {
      const inner = model();
      const call = (x: Tensor): Tensor => {
        const output = inner.call(x);
        return divide(output, add(sum(relu(output), { axes: 0, keepDims: true }), 1));
      };
      return { parameters: inner.parameters, call };
    };
    expect(found(check({ build }), 'each sample by itself')).toMatchObject({
      verdict: 'failed',
      seen: expect.stringMatching(/^outputs alone, together and backwards differ by [\d.]+ of [\d.]+$/),
      remedy:
        'Look for a reshape, softmax or normalisation over the batch axis, and for state that a call leaves behind.',
    });
  });

  test('a model whose calls leave something behind', () => {
    const build = () => {
      const inner = model();
      let calls = 0;
      return { parameters: inner.parameters, call: (x: Tensor) => add(inner.call(x), calls++) };
    };
    expect(found(check({ build }), 'each sample by itself')?.verdict).toBe('failed');
  });

  test('first weights from a stream that goes on', () => {
    const random = new Random(1);
    const build = () => new Sequential(layers(), { inputShape: [1, 6, 6], random });
    expect(found(check({ build }), 'same seed, same bits')).toMatchInlineSnapshot(`
      {
        "check": "same seed, same bits",
        "remedy": "Take all random numbers from a stream that is made anew from the seed for each model.",
        "seen": "conv1.weight at the start not twice the same",
        "verdict": "failed",
        "wanted": "the same bits",
      }
    `);
  });

  test('a loss that is NaN: what tapegrad says is the finding', () => {
    const inputs = multiply(images(), Number.NaN);
    const all = check({ inputs });
    expect(found(all, 'loss at the start')).toMatchObject({ verdict: 'failed', seen: 'NaN, the mean of 64 samples' });
    expect(found(all, 'gradient of each parameter')).toMatchObject({
      verdict: 'failed',
      seen: expect.stringMatching(/^gradients: the loss is NaN; the first step with NaN or infinity is /),
    });
    expect(found(all, 'each sample by itself')?.verdict).toBe('failed');
  });

  test('an output that was detached: no way back', () => {
    const build = () => {
      const inner = model();
      return { parameters: inner.parameters, call: (x: Tensor) => detach(inner.call(x)) };
    };
    expect(found(check({ build }), 'gradient of each parameter')?.verdict).toBe('failed');
  });
});

describe('refuses', () => {
  test('inputs and targets that are not as many', () => {
    expect(() => check({ target: [0, 1] })).toThrow(
      'preflight: inputs of shape [64, 1, 6, 6] and a target of shape [2]; wanted at least one sample along the first axis, and a target for each. Give one batch as the training loop sees it.',
    );
  });

  test('a batch of no samples, or no steps', () => {
    expect(() => check({ overfitOneBatch: { steps: 0 } })).toThrow(
      'preflight: overfitOneBatch is 32 samples, 0 steps, a loss of 0.01; wanted whole numbers of at least 1, and a loss above 0. Leave it out for 32 samples, 200 steps, 0.01.',
    );
  });
});
