import { type DataType, Parameter, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, uniform } from '../../../core/test/numbers.ts';
import { madeUp } from '../../test/steps.ts';
import { Adagrad } from './adagrad.ts';
import { Adam, type AdamSettings } from './adam.ts';
import { AdamW } from './adamW.ts';
import type { Optimiser } from './optimiser.ts';
import { RMSProp } from './rmsProp.ts';
import { SGD } from './sgd.ts';
import type { OptimiserState } from './state.ts';

type Make = (parameters: readonly Parameter[]) => Optimiser<{ learningRate: number }>;

/** Every optimiser, plain and with all that it can remember. */
const optimisers: readonly [name: string, make: Make][] = [
  ['SGD', (x) => new SGD(x, { learningRate: 0.1 })],
  ['SGD with momentum', (x) => new SGD(x, { learningRate: 0.1, momentum: 0.9, dampening: 0.2, weightDecay: 0.1 })],
  ['SGD, Nesterov', (x) => new SGD(x, { learningRate: 0.1, momentum: 0.9, nesterov: true })],
  ['Adam', (x) => new Adam(x)],
  ['Adam, AMSGrad', (x) => new Adam(x, { amsgrad: true, weightDecay: 0.1 })],
  ['AdamW', (x) => new AdamW(x)],
  ['AdamW, AMSGrad', (x) => new AdamW(x, { amsgrad: true })],
  ['RMSProp', (x) => new RMSProp(x)],
  ['RMSProp, centred, with momentum', (x) => new RMSProp(x, { momentum: 0.9, centred: true, weightDecay: 0.1 })],
  ['Adagrad', (x) => new Adagrad(x, { initialAccumulator: 0.1, learningRateDecay: 0.1 })],
];

const parametersOf = (dtype: DataType = 'float32') => [
  new Parameter('matrix', tensor(uniform([2, 3], { seed: 1 }), { dtype })),
  new Parameter('vector', tensor(uniform([3], { seed: 2 }), { dtype })),
];

/** The gradients of step `step`; every third step the vector has none. */
function gradientsAt(step: number, [matrix, vector]: readonly Parameter[]) {
  const of = (x: Parameter, seed: number): [Tensor, Tensor] => [
    x,
    tensor(uniform(x.shape, { seed }), { dtype: x.dtype }),
  ];
  const own = of(matrix, 10 * step);
  return madeUp(new Map(step % 3 === 0 ? [own] : [own, of(vector, 10 * step + 1)]));
}

function steps(optimiser: ReturnType<Make>, parameters: readonly Parameter[], from: number, to: number): void {
  for (let step = from; step < to; step++) optimiser.step(gradientsAt(step, parameters));
}

const numbersOf = (parameters: readonly Parameter[]) => parameters.map((x) => x.toFlatArray());

describe.each(optimisers)('%s', (_, make) => {
  test.each(dataTypes)('three steps, a pause and three steps are six steps, to the bit, in %s', (dtype) => {
    const straight = parametersOf(dtype);
    const optimiser = make(straight);
    steps(optimiser, straight, 0, 6);

    const paused = parametersOf(dtype);
    const before = make(paused);
    steps(before, paused, 0, 3);
    const state = structuredClone(before.state());
    // What goes on after the state was taken is no part of it.
    const numbers = numbersOf(paused);
    steps(before, paused, 3, 5);

    const resumed = parametersOf(dtype);
    resumed.forEach((parameter, index) => {
      parameter.assign(tensor(numbers[index], { shape: parameter.shape }));
    });
    const after = make(resumed);
    after.learningRate = 7;
    after.load(state);
    steps(after, resumed, 3, 6);
    expect(numbersOf(resumed)).toEqual(numbersOf(straight));
    expect(after.state()).toEqual(optimiser.state());
  });

  test('a state from before the first step is the beginning', () => {
    const [one, two] = [parametersOf(), parametersOf()];
    const [first, second] = [make(one), make(two)];
    const beginning = first.state();
    steps(second, two, 0, 2);
    second.load(beginning);
    expect(second.state()).toEqual(beginning);
  });
});

test('a state is plain data', () => {
  const x = new Parameter('x', tensor([1, 2]));
  const optimiser = new Adam([x], { learningRate: 1 });
  optimiser.step(madeUp(new Map([[x, tensor([0.5, -1])]])));
  const settings = { learningRate: 1, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0, amsgrad: false };
  expect(optimiser.state()).toEqual({
    kind: 'Adam',
    groups: [{ parameters: ['x'], settings }],
    rates: { learningRate: 1, shares: [1] },
    parameters: {
      x: {
        steps: 1,
        arrays: { m: Float32Array.of(0.05, -0.1), v: Float32Array.of(0.00025, 0.001) },
      },
    },
  });
});

test('settings of groups come back, also those that changed on the way', () => {
  const make = () => {
    const [x, y] = parametersOf();
    return new SGD([{ parameters: [x] }, { parameters: [y], learningRate: 0.5 }], { learningRate: 0.1 });
  };
  const [one, two] = [make(), make()];
  one.groups[1].learningRate = 0.25;
  one.groups[0].momentum = 0.9;
  two.load(one.state());
  expect(two.groups.map(({ learningRate, momentum }) => [learningRate, momentum])).toEqual([
    [0.1, 0.9],
    [0.25, 0],
  ]);
  two.groups[0].learningRate = 3;
  expect(one.state().groups[0].settings.learningRate).toBe(0.1);
});

test('refuses a state that does not fit, and then stays as it is', () => {
  const parameters = parametersOf();
  const optimiser = new Adam(parameters);
  steps(optimiser, parameters, 0, 2);
  const state = optimiser.state();
  const { matrix, vector } = state.parameters;
  const load = (changes: Partial<OptimiserState<AdamSettings>>) => () => optimiser.load({ ...state, ...changes });
  const loadMatrix = (changes: Partial<typeof matrix>) =>
    load({ parameters: { matrix: { ...matrix, ...changes }, vector } });
  const loadGroup = (changes: Partial<(typeof state.groups)[number]>) =>
    load({ groups: [{ ...state.groups[0], ...changes }] });
  const { settings } = state.groups[0];
  const { v } = matrix.arrays;
  expect(
    messagesOf({
      'of another kind': load({ kind: 'AdamW' }),
      'without a parameter': load({ parameters: { matrix } }),
      'with an unknown parameter': load({ parameters: { matrix, vector, scalar: vector } }),
      'of another length': loadMatrix({ arrays: { m: new Float32Array(5), v } }),
      'of another type': loadMatrix({ arrays: { m: new Float64Array(6), v } }),
      'with a list, as read from JSON': loadMatrix({ arrays: { m: [1, 2, 3, 4, 5, 6] as unknown as Float32Array, v } }),
      'without an array': loadMatrix({ arrays: { v } }),
      'with an unknown array': loadMatrix({ arrays: { ...matrix.arrays, velocity: v } }),
      'with half a step': loadMatrix({ steps: 0.5 }),
      'of other groups': load({ groups: [...state.groups, ...state.groups] }),
      'of a group of others': loadGroup({ parameters: ['matrix'] }),
      'with a share that is none': load({ rates: { learningRate: 1, shares: [Number.NaN] } }),
      'with a setting out of range': loadGroup({ settings: { ...settings, epsilon: -1 } }),
      'without most settings': loadGroup({ settings: { learningRate: 1 } as AdamSettings }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "of a group of others": "ValueError: Adam.load: group 0 with the parameters matrix; wanted matrix, vector. Load it into what has the same parameters and was made the same way.",
      "of another kind": "ValueError: Adam.load: the state of AdamW; wanted Adam. Load it into what has the same parameters and was made the same way.",
      "of another length": "ValueError: Adam.load: m of matrix is float32 [5]; wanted float32 [6]. Load it into what has the same parameters and was made the same way.",
      "of another type": "ValueError: Adam.load: m of matrix is float64 [6]; wanted float32 [6]. Load it into what has the same parameters and was made the same way.",
      "of other groups": "ValueError: Adam.load: number of groups: 2; wanted 1. Load it into what has the same parameters and was made the same way.",
      "with a list, as read from JSON": "ValueError: Adam.load: m of matrix is something else than flat numbers; wanted float32 [6]. Load it into what has the same parameters and was made the same way.",
      "with a setting out of range": "ValueError: Adam: epsilon is -1; wanted a number of at least 0. Choose another epsilon.",
      "with a share that is none": "ValueError: Adam.load: the learning rate 1 with the shares NaN; wanted a number of at least 0 for each of 1 groups. Load it into what has the same parameters and was made the same way.",
      "with an unknown array": "ValueError: Adam.load: matrix with the array velocity; wanted one of m, v, largest. Load it into what has the same parameters and was made the same way.",
      "with an unknown parameter": "ValueError: Adam.load: the unknown parameter scalar; wanted each parameter by its name, and no others. Load it into what has the same parameters and was made the same way.",
      "with half a step": "ValueError: Adam.load: the number of steps of matrix is 0.5; wanted a whole number of at least 0. Load it into what has the same parameters and was made the same way.",
      "without a parameter": "ValueError: Adam.load: nothing for the parameter vector; wanted each parameter by its name, and no others. Load it into what has the same parameters and was made the same way.",
      "without an array": "ValueError: Adam.load: m of matrix is missing; wanted float32 [6]. Load it into what has the same parameters and was made the same way.",
      "without most settings": "ValueError: Adam.load: group 0 with the settings learningRate: number; wanted amsgrad: boolean, betas: list of 2, epsilon: number, learningRate: number, weightDecay: number. Load it into what has the same parameters and was made the same way.",
    }
  `);
  expect(optimiser.state()).toEqual(state);
});

test('refuses parameters that it could not tell apart by name', () => {
  const twins = [1, 2].map((number) => new Parameter('weight', tensor([number])));
  const optimiser = new SGD(twins, { learningRate: 1 });
  expect(
    messagesOf({
      state: () => optimiser.state(),
      load: () => optimiser.load(new SGD([twins[0]], { learningRate: 1 }).state()),
    }),
  ).toMatchInlineSnapshot(`
    {
      "load": "ValueError: SGD.load: two parameters named weight; wanted names by which to tell them apart. Give each parameter a name of its own.",
      "state": "ValueError: SGD.state: two parameters named weight; wanted names by which to tell them apart. Give each parameter a name of its own.",
    }
  `);
});

test('a state that fails while it is read changes nothing', () => {
  const [matrix, vector] = parametersOf();
  const make = () => new Adam([{ parameters: [matrix], learningRate: 0.1 }, { parameters: [vector] }]);
  const optimiser = make();
  const before = optimiser.state();
  const { groups, ...rest } = make().state();
  // It can be read as often as it is looked at, and not when it is copied.
  for (const reads of [1, 2, 3, 4, 5]) {
    let count = 0;
    const second = {
      parameters: groups[1].parameters,
      get settings(): AdamSettings {
        if (++count > reads) throw new Error('gone');
        return groups[1].settings;
      },
    };
    const changed = { parameters: groups[0].parameters, settings: { ...groups[0].settings, learningRate: 0.7 } };
    try {
      optimiser.load({ ...rest, groups: [changed, second] });
      expect(optimiser.groups[0].learningRate).toBe(0.7);
      return;
    } catch (error) {
      expect(error).toMatchObject({ message: 'gone' });
    }
    expect(optimiser.state()).toEqual(before);
  }
  expect.unreachable();
});
