import * as core from '@tapegrad/core';
import * as datasets from '@tapegrad/datasets';
import * as nn from '@tapegrad/nn';
import { afterAll, describe, expect, test } from 'vitest';
import { wrongKinds } from './wrongKinds.ts';

/*
 * What kinds.test.ts asks of functions, of methods and setters: whatever kind of thing they are given, they take it, or
 * refuse it in words. A right call of each method of each public class stands in a table; each of its arguments in turn is
 * given as every other kind. A setter takes what is right alone, and keeps what it had.
 */

const { Parameter, Random, Tape, ones, square, sum, tensor } = core;
const { SGD } = nn;

const parameter = (): core.Parameter => new Parameter('w', tensor([1, 2]));
const random = (): core.Random => new Random(1);
const model = (): nn.Sequential =>
  new nn.Sequential([new nn.Dense({ outFeatures: 2 }), new nn.ReLU()], { inputShape: [2], random: random() });
const graph = (): nn.Model => {
  const entrance = nn.input([2]);
  const outputs = entrance.to(new nn.Dense({ outFeatures: 2 }));
  return new nn.Model({ inputs: entrance, outputs, random: random() });
};
const stepped = (w: core.Parameter): core.Gradients => {
  const tape = new Tape();
  return tape.gradients(sum(square(tape.watch(w))), { withRespectTo: [w] });
};
const optimiserMethods = (make: (parameters: readonly core.Parameter[]) => nn.Adam): Methods => ({
  step: () => {
    const w = new Parameter('w', ones([2, 2]));
    return [make([w]), [stepped(w)]];
  },
  load: () => {
    const optimiser = make([new Parameter('w', ones([2, 2]))]);
    return [optimiser, [optimiser.state()]];
  },
});
const report = { step: 1, epoch: 0, stepInEpoch: 1, loss: 1, totalLoss: 1, learningRate: 1, gradientNorm: 1 };
const epochReport = { step: 1, epoch: 0, meanLoss: 1, metrics: {} };

type Methods = Readonly<Record<string, () => readonly [self: object, given: readonly unknown[]]>>;

/** A right call of each method that takes something. */
const calls: Readonly<Record<string, Methods>> = {
  Parameter: {
    update: () => [parameter(), [() => undefined]],
    assign: () => [parameter(), [tensor([3, 4])]],
  },
  Random: {
    uniform: () => [random(), [0, 1]],
    mask: () => [random(), [new Float32Array(2), 0.5]],
    normal: () => [random(), [0, 1]],
    integer: () => [random(), [3]],
    permutation: () => [random(), [3]],
  },
  Tape: {
    watch: () => [new Tape(), [tensor([1]), 'x']],
    constant: () => [new Tape(), [tensor([1]), 'x']],
    ...onTape('indexOf', (x) => [x]),
    ...onTape('compute', (x) => [x]),
    ...onTape('gradients', (x) => [sum(x), {}]),
    ...onTape('stepBackward', (x) => [sum(x), {}]),
    withoutRecording: () => [new Tape(), [() => 1]],
    within: () => [new Tape(), ['layer', () => 1]],
  },
  Gradients: {
    has: () => {
      const w = parameter();
      return [stepped(w), [w]];
    },
    get: () => {
      const w = parameter();
      return [stepped(w), [w]];
    },
  },
  // Every optimiser is called alike.
  ...Object.fromEntries(
    Object.entries(nn)
      .filter(([, value]) => typeof value === 'function' && value.prototype instanceof nn.Optimiser)
      .map(([name, Kind]) => [
        name,
        optimiserMethods((parameters) => new (Kind as typeof nn.Adam)(parameters, { learningRate: 0.1 })),
      ]),
  ),
  ExponentialMovingAverage: {
    evaluate: () => [new nn.ExponentialMovingAverage([parameter()]), [() => 1]],
    load: () => {
      const average = new nn.ExponentialMovingAverage([parameter()]);
      return [average, [average.state()]];
    },
  },
  GraphValue: { to: () => [nn.input([2]), [new nn.ReLU(), new nn.ReLU()]] },
  History: {
    onStep: () => [new nn.History(), [report]],
    onEpochEnd: () => [new nn.History(), [epochReport]],
  },
  KeepBest: {
    onStart: () => [new nn.KeepBest(model()), [{ epochs: 1 }]],
    onEpochEnd: () => [new nn.KeepBest(model()), [epochReport]],
  },
  LayerBuffer: { assign: () => [new nn.LayerBuffer('mean', tensor([1])), [tensor([2])]] },
  Model: { parameter: () => [graph(), ['dense1.weight']] },
  ReduceOnPlateau: {
    report: () => [new nn.ReduceOnPlateau({ base: 1 }), [1]],
    load: () => [new nn.ReduceOnPlateau({ base: 1 }), [{ learningRate: 1, best: 1, waited: 0, cooling: 0 }]],
  },
  Sequential: {
    slice: () => [model(), [0, 1]],
    parameter: () => [model(), ['dense1.weight']],
  },
};

function onTape(method: string, given: (x: core.Tensor) => readonly unknown[]): Methods {
  return {
    [method]: () => {
      const tape = new Tape();
      return [tape, given(tape.watch([1, 2]))];
    },
  };
}

/** Methods that nobody calls by hand, each with the reason. */
const notCalled: Readonly<Record<string, string>> = {
  setNumbers: 'what a tape calls, with what it has computed',
  checkAlive: 'takes the name of an op, for its message',
  build: 'what models call; builtByHand.test.ts calls it by hand',
  call: 'what models call with a context; a layer looks at what it reads of it',
  convolve: 'protected',
  recall: 'protected',
  prepared: 'protected',
  batches: 'needs workers; planned by the checks of `batches`',
  passOf: 'needs workers; planned by the checks of `batches`',
};

/** Protected where it belongs to an optimiser; a parameter's own is called by people. */
const isProtected = (type: string, method: string): boolean => method === 'update' && type !== 'Parameter';

/** What can be set, with an object that has it and what is right there. */
const settable: Readonly<Record<string, () => readonly [self: object, right: unknown]>> = {
  learningRate: () => [new SGD([parameter()], { learningRate: 0.5 }), 0.25],
  trainable: () => [parameter(), false],
};

const types = Object.entries({ ...core, ...nn, ...datasets } as Readonly<Record<string, unknown>>).filter(
  ([name, value]) =>
    // What is made of it is called.
    name !== 'Optimiser' &&
    /^class\b/.test(String(value)) &&
    !((value as { prototype: unknown }).prototype instanceof Error),
) as [string, { prototype: object }][];

/** Methods and accessors of a class, those that it inherits too. */
function membersOf(type: { prototype: object }): [string, PropertyDescriptor][] {
  const members: [string, PropertyDescriptor][] = [];
  for (let at = type.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    members.push(...Object.entries(Object.getOwnPropertyDescriptors(at)));
  }
  return members;
}

const takesSomething = (method: unknown): boolean =>
  typeof method === 'function' && !/^[^(]*\((\.\.\.surplus)?\)/.test(String(method));

test('each method that takes something has a right call in the table, and each setter', () => {
  const missing = types.flatMap(([type, of]) =>
    membersOf(of)
      .filter(([name, { value, set }]) => {
        if (name === 'constructor' || name in notCalled || isProtected(type, name)) return false;
        return set ? !(name in settable) : takesSomething(value) && !calls[type]?.[name];
      })
      .map(([name]) => `${type}.${name}`),
  );
  expect(missing).toEqual([]);
});

const isTyped = (error: unknown): boolean => error instanceof core.TapegradError;
let tried = 0;

describe.each(Object.entries(calls))('%s', (_, methods) => {
  test.each(Object.entries(methods))('%s', async (method, right) => {
    const call = async (self: object, given: readonly unknown[]): Promise<unknown> => {
      const made = await (self as Readonly<Record<string, (...given: unknown[]) => unknown>>)[method](...given);
      return await (made as Partial<Iterator<unknown>> | undefined)?.next?.();
    };
    await expect(call(...right())).resolves.not.toThrow();
    const untyped: string[] = [];
    const [, { length }] = right();
    for (let position = 0; position < length; position++) {
      for (const [kind, make] of Object.entries(wrongKinds)) {
        const [self, given] = right();
        tried++;
        await call(self, given.with(position, make())).catch((error: unknown) => {
          if (!isTyped(error)) untyped.push(`argument ${position} as ${kind}: ${error}`);
        });
      }
    }
    expect(untyped).toEqual([]);
  });
});

describe('what is set is of the right kind:', () => {
  test.each(Object.entries(settable))('%s', (name, make) => {
    const [self, right] = make();
    const [was] = [Reflect.get(self, name)];
    for (const [kind, wrong] of Object.entries(wrongKinds)) {
      const value = wrong();
      if (typeof value === typeof right && kind !== 'a list of numbers') continue;
      expect(() => Reflect.set(self, name, value), kind).toThrow(core.TapegradError);
      expect(Reflect.get(self, name)).toBe(was);
      tried++;
    }
    expect(Reflect.set(self, name, right)).toBe(true);
    expect(Reflect.get(self, name)).toBe(right);
  });
});

test('the settings of a group are looked at before anything moves', () => {
  const w = parameter();
  const optimiser = new SGD([w], { learningRate: 1 });
  const gradients = stepped(w);
  for (const rate of ['0.5', -1, Number.NaN, null]) {
    (optimiser.groups[0] as { learningRate: unknown }).learningRate = rate;
    expect(() => optimiser.step(gradients)).toThrow('SGD: learningRate is');
  }
  expect([w.toList(), w.version]).toEqual([[1, 2], 0]);
});

describe('a method that would guess', () => {
  const any = (value: unknown): never => value as never;

  test.each<[string, () => unknown, string]>([
    ['slice', () => model().slice(any('0')), "Sequential.slice: start is the text '0'; wanted a whole number."],
    ['slice, at its end', () => model().slice(0, any(true)), 'Sequential.slice: end is true, a boolean'],
    ['a fraction', () => model().slice(0.5), 'Sequential.slice: start is the number 0.5'],
    ['parameter', () => model().parameter(any(3)), 'Sequential.parameter: the name is the number 3; wanted a text.'],
    ['a name that is no text', () => new nn.Sequential([], { name: any(3) }), 'name is the number 3; wanted a text'],
    ['evaluate', () => new nn.ExponentialMovingAverage([parameter()]).evaluate(any(3)), 'f is the number 3'],
    ['onStep', () => new nn.History().onStep(any(3)), 'report is the number 3'],
    ['onEpochEnd', () => new nn.History().onEpochEnd(any(undefined)), 'report is undefined'],
    ['a buffer', () => new nn.LayerBuffer('mean', any([1])), 'mean: initial is a list of 1; wanted a tensor'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('layers are called with an input and a context, and nothing else:', () => {
  const layers = types.filter(([, { prototype }]) => 'call' in prototype);
  const x = [[1, 2]];
  const inUse = { training: false };

  test.each(layers)('%s', (_, { prototype }) => {
    const call = (...given: unknown[]): unknown =>
      Reflect.apply(Reflect.get(prototype, 'call'), Object.create(prototype), given);
    expect(() => call(x, inUse, 3)).toThrow('one argument too many, the number 3');
    expect(() => call(x, inUse, { slope: 1 })).toThrow('an option called slope');
  });

  test.each<[string, nn.Layer]>([
    ['that reads no context', new nn.ReLU()],
    ['that reads none and has options', new nn.LeakyReLU({ slope: 0.5 })],
    ['with parameters', model().layers[0].layer],
    ['that reads it', new nn.Dropout({ rate: 0.5 })],
    ['of several inputs', new nn.Add() as unknown as nn.Layer],
    ['a model', model()],
  ])('one %s looks at it', (_, layer) => {
    const call = (context: unknown) => () => layer.call(tensor(x), context as never);
    expect(call(0.1)).toThrow('the number 0.1; wanted options by name, as in { training: … }');
    expect(call({ slope: 0.1 })).toThrow('an option called slope; wanted training, random');
    expect(call({ training: 'false' })).toThrow("training is the text 'false'");
    if (layer.type !== 'Add') expect((call(inUse)() as core.Tensor).shape).toEqual([1, 2]);
  });

  test('are many', () => expect(layers.length).toBeGreaterThan(60));
});

afterAll(() => console.log(`${tried} calls of methods with something of another kind`));
