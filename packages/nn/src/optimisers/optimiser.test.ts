import { multiply, Parameter, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { madeUp } from '../../test/steps.ts';
import { Adagrad } from './adagrad.ts';
import { Adam } from './adam.ts';
import { AdamW } from './adamW.ts';
import { RMSProp } from './rmsProp.ts';
import { SGD } from './sgd.ts';

const parameter = (name: string): Parameter => new Parameter(name, tensor([1, 2]));

/** A gradient of 1 for every number of some parameters. */
const ones = (...parameters: Parameter[]) => madeUp(new Map(parameters.map((x) => [x, tensor([1, 1])])));

test('a step takes the gradients of a tape', () => {
  const weight = parameter('weight');
  using tape = new Tape();
  const gradients = tape.gradients(sum(multiply(weight, tape.constant([3, 5]))));
  new SGD([weight], { learningRate: 0.5 }).step(gradients);
  expect(weight.toList()).toEqual([-0.5, -0.5]);
});

describe('groups', () => {
  test('have settings of their own, and those for all where they say nothing', () => {
    const [x, y, z] = ['x', 'y', 'z'].map(parameter);
    const optimiser = new SGD(
      [{ parameters: [x, y] }, { parameters: [z], learningRate: 1, momentum: undefined, weightDecay: 0.5 }],
      { learningRate: 0.25, momentum: 0.5 },
    );
    expect(
      optimiser.groups.map(({ learningRate, momentum, weightDecay }) => [learningRate, momentum, weightDecay]),
    ).toEqual([
      [0.25, 0.5, 0],
      [1, 0.5, 0.5],
    ]);
    optimiser.step(ones(x, y, z));
    expect([x, y, z].map((x) => x.toList())).toEqual([
      [0.75, 1.75],
      [0.75, 1.75],
      [-0.5, 0],
    ]);
  });

  const rates = (optimiser: SGD): number[] => optimiser.groups.map(({ learningRate }) => learningRate);
  const pair = () => {
    const [x, y] = ['x', 'y'].map(parameter);
    return new SGD([{ parameters: [x] }, { parameters: [y], learningRate: 1 }], { learningRate: 0.5 });
  };

  test('follow a schedule each at its own multiple, through 0 and back', () => {
    const optimiser = pair();
    optimiser.learningRate = 0.25;
    expect(rates(optimiser)).toEqual([0.25, 0.5]);
    optimiser.learningRate = 0;
    expect(rates(optimiser)).toEqual([0, 0]);
    optimiser.learningRate = 0.5;
    expect(rates(optimiser)).toEqual([0.5, 1]);
    expect(optimiser.learningRate).toBe(0.5);
  });

  test('relate to the rate for all, also where the first has one of its own', () => {
    const [x, y] = ['x', 'y'].map(parameter);
    const groups = [{ parameters: [x], learningRate: 0.125 }, { parameters: [y] }];
    const optimiser = new SGD(groups, { learningRate: 0.5 });
    expect(optimiser.learningRate).toBe(0.5);
    optimiser.learningRate = 1;
    expect(rates(optimiser)).toEqual([0.25, 1]);
  });

  test('can be changed between steps, one by one or all at once', () => {
    const [x, y] = ['x', 'y'].map(parameter);
    const optimiser = new SGD([{ parameters: [x] }, { parameters: [y], learningRate: 1 }], { learningRate: 0.5 });
    optimiser.groups[1].learningRate = 0.25;
    expect(optimiser.learningRate).toBe(0.5);
    optimiser.step(ones(x, y));
    expect([x, y].map((x) => x.toList())).toEqual([
      [0.5, 1.5],
      [0.75, 1.75],
    ]);
    optimiser.learningRate = 1;
    expect(rates(optimiser)).toEqual([1, 0.5]);
  });

  test('that are one move the rate themselves', () => {
    const optimiser = new SGD([parameter('x')], { learningRate: 0.5 });
    optimiser.groups[0].learningRate = 0.125;
    expect(optimiser.learningRate).toBe(0.125);
    optimiser.learningRate = 0.3;
    expect(rates(optimiser)).toEqual([0.3]);
  });

  test('keep their multiples in a state, also one that was taken at a rate of 0', () => {
    const [one, two] = [pair(), pair()];
    one.groups[1].learningRate = 0.1;
    one.learningRate = 0;
    two.load(structuredClone(one.state()));
    expect(rates(two)).toEqual([0, 0]);
    for (const optimiser of [one, two]) optimiser.learningRate = 0.3;
    expect(rates(two)).toEqual(rates(one));
    expect(rates(two)[1]).toBeCloseTo(0.06, 12);
  });

  test('with rates that are no multiple of 0 are refused by name, and left as they are', () => {
    const [x, y] = ['x', 'y'].map(parameter);
    const groups = [{ parameters: [x] }, { parameters: [y], learningRate: 0.25 }];
    const optimiser = new SGD(groups, { learningRate: 0 });
    const set = () => {
      optimiser.learningRate = 0.1;
    };
    expect(messagesOf({ set })).toMatchInlineSnapshot(`
      {
        "set": "ValueError: SGD: groups[1].learningRate is 0.25, where that for all groups is 0; wanted a rate of the group that is a multiple of that for all. Give the optimiser a learningRate above 0, or set \`groups[1].learningRate\` alone.",
      }
    `);
    expect(rates(optimiser)).toEqual([0, 0.25]);
  });
});

describe.each([
  {
    name: 'SGD',
    make: (parameters: readonly Parameter[]) => new SGD(parameters, { learningRate: 0.1, momentum: 0.9 }),
  },
  { name: 'Adam', make: (parameters: readonly Parameter[]) => new Adam(parameters) },
  { name: 'AdamW', make: (parameters: readonly Parameter[]) => new AdamW(parameters) },
  { name: 'RMSProp', make: (parameters: readonly Parameter[]) => new RMSProp(parameters) },
  { name: 'Adagrad', make: (parameters: readonly Parameter[]) => new Adagrad(parameters) },
])('$name', ({ name, make }) => {
  test('leaves a parameter without a gradient as it is, to the version', () => {
    const [moved, left] = ['moved', 'left'].map(parameter);
    make([moved, left]).step(ones(moved));
    expect(moved.version).toBe(1);
    expect([left.version, left.toList()]).toEqual([0, [1, 2]]);
  });

  test('refuses to have nothing to do', () => {
    const [x, y] = ['x', 'y'].map(parameter);
    expect(
      messagesOf({
        'no parameters': () => make([]),
        'one of them twice': () => make([x, y, x]),
        'gradients of others': () => make([x]).step(ones(y)),
      }),
    ).toEqual({
      'no parameters': `ValueError: ${name}: no parameters; wanted each parameter once, and at least one. Pass \`model.parameters\`.`,
      'one of them twice': `ValueError: ${name}: the parameter x twice; wanted each parameter once, and at least one. Pass \`model.parameters\`.`,
      'gradients of others':
        'TapeError: optimiser.step: gradients of none of its parameters; wanted gradients of a loss that the parameters lead to. Check that the optimiser and the loss belong to the same model.',
    });
  });
});

test('a parameter in two groups is refused', () => {
  const x = parameter('x');
  const make = () => new SGD([{ parameters: [x] }, { parameters: [x] }], { learningRate: 1 });
  expect(make).toThrow('SGD: the parameter x twice');
});

test('a learning rate that is none is refused, and the old one kept', () => {
  const optimiser = new SGD([parameter('x')], { learningRate: 0.5 });
  const set = (rate: number) => () => {
    optimiser.learningRate = rate;
  };
  expect(messagesOf({ NaN: set(Number.NaN), negative: set(-1) })).toEqual({
    NaN: 'ValueError: SGD: learningRate is NaN; wanted a number of at least 0. Choose another learningRate.',
    negative: 'ValueError: SGD: learningRate is -1; wanted a number of at least 0. Choose another learningRate.',
  });
  expect(optimiser.learningRate).toBe(0.5);
});

test('a gradient that does not belong to its parameter is refused, one of another type is converted', () => {
  const step = (gradient: unknown) => () => {
    const x = parameter('x');
    const optimiser = new Adam([x], { learningRate: 1 });
    optimiser.step({ has: () => true, get: () => gradient as Tensor });
    return x.toList();
  };
  expect(
    messagesOf({
      shorter: step(tensor([1])),
      longer: step(tensor([1, 1, 1])),
      list: step([1, 1]),
      none: step(undefined),
    }),
  ).toMatchInlineSnapshot(`
    {
      "list": "DataTypeError: optimiser.step: a gradient is a list of 2; wanted a tensor. Make it one: \`tensor(numbers)\`.",
      "longer": "ShapeError: optimiser.step: a gradient of shape [3] for the parameter x; wanted [2]. Give each parameter its own.",
      "none": "DataTypeError: optimiser.step: a gradient is undefined; wanted a tensor. Give it; this input has no default.",
      "shorter": "ShapeError: optimiser.step: a gradient of shape [1] for the parameter x; wanted [2]. Give each parameter its own.",
    }
  `);
  expect(step(tensor([1, 1], { dtype: 'float64' }))()).toEqual([0, 1]);
});

test('lists that were given are the optimiser’s own: what becomes of them later changes no step', () => {
  const [x, y] = ['x', 'y'].map(parameter);
  const [parameters, betas] = [[x], [0.9, 0.99] as [number, number]];
  const optimisers = [
    new Adam(parameters, { betas }),
    new Adam([{ parameters, betas }]),
    new Adam([{ parameters }], { betas }),
  ];
  parameters.push(y, x);
  betas[0] = 7;
  expect(optimisers.map(({ groups }) => [groups[0].parameters, groups[0].betas])).toEqual(
    optimisers.map(() => [[x], [0.9, 0.99]]),
  );
});
