import { ValueError } from '@tapegrad/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { descriptions } from '../../test/arbitrary.ts';
import { described, notANumber, TinyNet, usedTwice } from '../../test/tapes.ts';
import type { TapeDescription } from '../description/description.ts';
import { fromJson, toJson } from './json.ts';

describe('there and back', () => {
  test.each(
    Object.entries({
      usedTwice: described(usedTwice),
      notANumber: described(notANumber),
      net: described((tape) => new TinyNet().loss(tape), { limit: Infinity }),
      nothing: { steps: [], output: null },
    }),
  )('%s', (_name, description) => {
    expect(fromJson(toJson(description))).toEqual(description);
  });

  test('any tape: names, options, numbers', () => {
    fc.assert(
      fc.property(descriptions(), (description) => {
        const text = toJson(description);
        expect(fromJson(text)).toEqual(description);
        expect(toJson(fromJson(text))).toBe(text);
      }),
    );
  });
});

test('one step a line', () => {
  const lines = toJson(described(notANumber)).split('\n');
  expect(lines[0]).toBe('{"format":"tapegrad-tape","version":1,"output":3,"steps":[');
  expect(lines.length).toBe(4 + 3);
  expect(lines[4]).toBe(
    '{"index":3,"operation":"sum","name":null,"layer":null,"inputs":{"x":2},"needsGradient":true,' +
      '"attributes":{"axes":[0],"keepDims":false},' +
      '"value":{"shape":[],"dtype":"float64","size":1,"numbers":["NaN"],"smallest":"NaN","largest":"NaN"},' +
      '"cotangent":{"shape":[],"dtype":"float64","size":1,"numbers":[1],"smallest":1,"largest":1},"contributions":[],' +
      '"passed":[{"input":"x","to":2,"cotangent":' +
      '{"shape":[3],"dtype":"float64","size":3,"numbers":[1,1,1],"smallest":1,"largest":1}}]}',
  );
});

/** A file in which one thing was changed. */
function changed(path: string, value: unknown, description: TapeDescription = described(usedTwice)): string {
  const file = JSON.parse(toJson(description));
  const names = path.match(/[^.[\]]+/g) ?? [];
  const last = names.pop() ?? '';
  const parent = names.reduce((object, name) => object[name], file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.stringify(file);
}

const numbers = (shape: number[], numbers: number[]) => ({
  shape,
  dtype: 'float64',
  size: numbers.length,
  numbers,
  smallest: Math.min(...numbers),
  largest: Math.max(...numbers),
});

describe('what is wrong is named', () => {
  test.each<[path: string, value: unknown, message: string]>([
    ['format', 'other', 'format is "other"; wanted "tapegrad-tape"'],
    ['version', 2, 'version is 2; wanted 1'],
    ['output', 6, 'output is 6; wanted the number of a step, or null'],
    ['output', undefined, 'output is missing; wanted the number of a step, or null'],
    ['output', null, 'steps[0].cotangent is "there"; wanted null, beyond the output'],
    ['output', 4, 'steps[5].cotangent is "there"; wanted null, beyond the output'],
    ['steps', {}, 'steps is {}; wanted a list'],
    ['steps[1]', null, 'steps[1] is null; wanted an object'],
    ['steps[1]', [], 'steps[1] is []; wanted an object'],
    ['steps[2].index', 1, 'steps[2].index is 1; wanted 2, its position in the list'],
    ['steps[2].operation', undefined, 'steps[2].operation is missing; wanted a string'],
    ['steps[2].name', 7, 'steps[2].name is 7; wanted a string'],
    ['steps[2].layer', false, 'steps[2].layer is false; wanted a string'],
    ['steps[2].needsGradient', 'yes', 'steps[2].needsGradient is "yes"; wanted true or false'],
    ['steps[3].inputs.x', 7, 'steps[3].inputs.x is 7; wanted a step before 3'],
    ['steps[3].inputs.x', 3, 'steps[3].inputs.x is 3; wanted a step before 3'],
    ['steps[3].inputs.x', -1, 'steps[3].inputs.x is -1; wanted a step before 3'],
    ['steps[3].inputs.x', 0, 'steps[3].passed[0].to is 2; wanted 0, the step of x'],
    ['steps[3].attributes', null, 'steps[3].attributes is null; wanted an object'],
    ['steps[0].value', undefined, 'steps[0].value is missing; wanted an object'],
    ['steps[0].value.shape[1]', 2.5, 'steps[0].value.shape[1] is 2.5; wanted a whole number of at least 0'],
    ['steps[0].value.shape', '2', 'steps[0].value.shape is "2"; wanted a list'],
    ['steps[0].value.size', 5, 'steps[0].value.size is 5; wanted 4, the product of the shape'],
    ['steps[0].value.dtype', 'int8', 'steps[0].value.dtype is "int8"; wanted "float32" or "float64"'],
    ['steps[0].value.numbers', [], 'the length of steps[0].value.numbers is 0; wanted from 1 to 4'],
    ['steps[0].value.numbers', [1, 2, 3, 4, 5], 'the length of steps[0].value.numbers is 5; wanted from 1 to 4'],
    [
      'steps[0].value.numbers[3]',
      'nan',
      'steps[0].value.numbers[3] is "nan"; wanted a number, "NaN", "Infinity", "-Infinity" or "-0"',
    ],
    ['steps[0].value.smallest', null, 'steps[0].value.smallest is null; wanted a number'],
    [
      'steps[0].cotangent',
      numbers([2], [1, 1]),
      'steps[0].cotangent.shape is [2]; wanted [2, 2], the shape of the value',
    ],
    ['steps[0].cotangent', null, 'the length of steps[0].contributions is 3; wanted 0, where no gradient arrives'],
    ['steps[5].cotangent', null, 'steps[5].cotangent is null; wanted a cotangent, of the output'],
    ['steps[4].cotangent', null, 'the length of steps[4].passed is 2; wanted 0, where no gradient arrives'],
    [
      'steps[4].contributions',
      [],
      'the length of steps[4].contributions is 0; wanted at least 1, where a gradient arrives',
    ],
    ['steps[4].passed[0].input', 'z', 'steps[4].passed[0].input is "z"; wanted an input of step 4'],
    ['steps[4].passed[0].input', 'toString', 'steps[4].passed[0].input is "toString"; wanted an input of step 4'],
    ['steps[4].passed[1].input', 'x', 'steps[4].passed[1].input is "x"; wanted each input once'],
    ['steps[4].passed[0].to', 4, 'steps[4].passed[0].to is 4; wanted a step before 4'],
    [
      'steps[4].passed[0].cotangent',
      numbers([2], [1, 1]),
      'steps[4].passed[0].cotangent.shape is [2]; wanted [2, 2], the shape of step 3',
    ],
    ['steps[4].passed', [], 'the length of steps[0].contributions is 3; wanted 2, as many as are passed to it'],
    ['steps[0].contributions[0].from', 2, 'steps[0].contributions[0].from is 2; wanted 4: later steps come first'],
    ['steps[0].contributions[0].from', 9, 'steps[0].contributions[0].from is 9; wanted the number of a step'],
    ['steps[0].contributions[0].input', 'x', 'steps[0].contributions[0].input is "x"; wanted "y", by order of inputs'],
    [
      'steps[0].contributions[0].cotangent.numbers[0]',
      7,
      'steps[0].contributions[0].cotangent is [7,5,8.5]; wanted what step 4 passed',
    ],
  ])('%s = %j', (path, value, message) => {
    const read = () => fromJson(changed(path, value));
    expect(read).toThrow(ValueError);
    expect(read).toThrow(`fromJson: ${message}. Read what \`toJson\` wrote.`);
  });

  test('what is not JSON, and what is no object', () => {
    expect(() => fromJson('{')).toThrow('fromJson: a text that is not JSON; wanted JSON. Read what `toJson` wrote.');
    expect(() => fromJson('[]')).toThrow('the file is []; wanted an object');
  });

  test('options nested too deep to be read', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = changed('steps[0].attributes.deep', 'HERE').replace('"HERE"', deep);
    expect(() => fromJson(text)).toThrow(ValueError);
  });

  test('whatever stands anywhere: a description comes out, or a ValueError', () => {
    const paths = pathsOf(JSON.parse(toJson(described(usedTwice))));
    expect(paths.length).toBeGreaterThan(200);
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), fc.constant(undefined)), (path, value) => {
        try {
          fromJson(changed(path, value));
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
          refused++;
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(250);
  });
});

function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const inner = path ? `${path}.${name}` : name;
    return [inner, ...pathsOf(item, inner)];
  });
}

test('no prototype is touched', () => {
  const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}';
  const text = toJson(described(usedTwice))
    .replace('"attributes":{"axes":[0,1],"keepDims":false}', `"attributes":${hostile}`)
    .replace('{"format"', '{"__proto__":{"output":null},"format"');
  const { steps, output } = fromJson(text);
  expect(output).toBe(5);
  expect(Object.keys(steps[5].attributes)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(steps[5].attributes)).toBe(Object.prototype);
  expect('polluted' in {}).toBe(false);
  expect(toJson({ steps, output })).toContain(hostile);
});

test('fields are never inherited, not from a prototype that somebody else has changed either', () => {
  const text = changed('steps[0].contributions', undefined);
  Object.defineProperty(Object.prototype, 'contributions', { value: [], configurable: true });
  try {
    expect(() => fromJson(text)).toThrow('steps[0].contributions is missing');
  } finally {
    Reflect.deleteProperty(Object.prototype, 'contributions');
  }
});
