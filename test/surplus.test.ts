import { describe, expect, test } from 'vitest';
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
 * An argument behind the last parameter changes nothing, so that it is refused before anything else is looked at: by every
 * function, class and method of every package.
 */

const doors = { core, nn, nnOfNode, datasets, datasetsOfNode, explain, expression, onnx, onnxOfNode };

/** What is called with more than it takes, or never by people. */
const exceptions: Readonly<Record<string, string>> = {
  record: 'takes one description, whose parts are named; the compiler refuses another',
  operands: 'takes tensors by name, required ones and optional ones: every op calls it',
  operationLayer: 'takes a description and a function, and is called once for a class',
  formatShape: 'writes messages, also as a callback',
  warn: 'is called with what is wrong already, and must not hide it behind an error of its own',
};

/** Methods that the language calls, or a model those of its layers; how layers are called is tried in methods.test.ts. */
const calledByOthers = ['call', 'constructor', 'build', 'toString', 'toJSON', 'valueOf', 'next', 'return', 'then'];

/** Protected: what subclasses write or use. */
const inherited = ['update', 'recall', 'prepared', 'convolve'];

interface Case {
  readonly callable: Callable;
  readonly parameters: readonly string[];
  readonly self: unknown;
}

const cases = new Map<string, Case>();
for (const [door, exported] of Object.entries(doors)) {
  for (const [name, value] of Object.entries(exported)) {
    if (typeof value !== 'function' || value.prototype instanceof Error || name in exceptions) continue;
    if (value === core.TapegradError) continue;
    add(`${door}.${name}`, value as Callable);
    if (!String(value).startsWith('class')) continue;
    addMethods(`${door}.${name}`, value as Callable);
    addMethods(`${door}.${name}.prototype`, (value as { prototype: object }).prototype);
  }
}

function add(name: string, callable: Callable, self: unknown = undefined): void {
  // Layers that only call their op take their options apart from the rest.
  const own = parametersOf(callable).filter((parameter) => parameter !== '...surplus');
  const parameters = own.map((parameter) => (parameter === '...[options, ...surplus]' ? 'options' : parameter));
  // Those take any number of arguments.
  if (parameters.some((parameter) => parameter.startsWith('...'))) return;
  cases.set(name, { callable, parameters, self });
}

/** The methods of a class or of its objects, those that it inherits too. */
function addMethods(name: string, of: object): void {
  for (
    let at = of;
    at !== Object.prototype && at !== Function.prototype && at !== null;
    at = Object.getPrototypeOf(at)
  ) {
    for (const [method, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value !== 'function' || [...calledByOthers, ...inherited].includes(method)) continue;
      if (String(value).startsWith('class')) continue;
      add(`${name}.${method}`, value as Callable, of);
    }
  }
}

/** What comes of a call with something behind its last parameter. */
async function called(name: string, surplus: unknown): Promise<unknown> {
  const { callable, parameters, self } = cases.get(name) as Case;
  const given = [...parameters.map((parameter) => (parameter.startsWith('{') ? {} : undefined)), surplus];
  try {
    const isClass = String(callable).startsWith('class');
    const made = await (isClass ? Reflect.construct(callable, given) : Reflect.apply(callable, self, given));
    return await (made as Partial<AsyncIterator<unknown>>)?.next?.();
  } catch (error) {
    return error;
  }
}

test.each([...cases.keys()])('%s', async (name) => {
  expect(await called(name, { notAnOption: 1 })).toMatchObject({ code: 'VALUE', got: 'an option called notAnOption' });
  expect(await called(name, 2)).toMatchObject({ code: 'VALUE', got: 'one argument too many, the number 2' });
});

test('are many, and the exceptions are none but those', () => {
  expect(cases.size).toBeGreaterThan(400);
  expect(Object.keys(exceptions).filter((name) => !Object.values(doors).some((door) => name in door))).toEqual([]);
});

describe('the way out', () => {
  const { add, relu, tensor } = core;
  test.each<[string, () => unknown, string]>([
    [
      'alpha',
      () => Reflect.apply(add, undefined, [[1], [2], { alpha: 2 }]),
      'Multiply first, as in `add(x, multiply(y, alpha))`.',
    ],
    [
      'a truth value',
      () => Reflect.apply(relu, undefined, [[1], true]),
      'relu: one argument too many, true, a boolean; wanted no argument there. Leave it out.',
    ],
    [
      'no own name',
      () => Reflect.apply(relu, undefined, [[1], { toString: 1 }]),
      'relu: an option called toString; wanted no argument there. Leave it out.',
    ],
    [
      'nothing by name',
      () => Reflect.apply(relu, undefined, [[1], {}]),
      'relu: one argument too many, an object; wanted no argument there. Leave it out.',
    ],
  ])('for %s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  test('what the methods of arrays add is let through, and nothing like it', () => {
    expect([tensor([-1]), tensor([2])].map(relu).map((y) => y.toList())).toEqual([[0], [2]]);
    expect([tensor([1]), tensor([2]), tensor([3])].reduce(add).toList()).toEqual([6]);
    expect(() => Reflect.apply(relu, undefined, [[1], 3, [1]])).toThrow('too many');
    expect(() => Reflect.apply(relu, undefined, [[1], 0])).toThrow('too many');
    expect(() => Reflect.apply(relu, undefined, [[1], 0, [1], 1])).toThrow('too many');
  });
});
