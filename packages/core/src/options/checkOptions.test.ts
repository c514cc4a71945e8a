import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { Random, sum, type Tensor, tensor, ValueError } from '../index.ts';
import { checkOptions, type OptionNames } from './checkOptions.ts';

interface TurnOptions {
  readonly degrees: number;
  readonly keepSize?: boolean;
}

const turnOptions: OptionNames<TurnOptions> = { degrees: 'required', keepSize: 'optional flag' };
const turn = (options: unknown): TurnOptions => checkOptions('turn', options as TurnOptions, turnOptions);

describe('options that are known', () => {
  test('are handed on as they are', () => {
    const options = { degrees: 90, keepSize: true };
    expect(turn(options)).toBe(options);
  });

  test('may be left out, or be undefined, where they need not be given', () => {
    expect(turn({ degrees: 0 })).toEqual({ degrees: 0 });
    expect(turn({ degrees: 0, keepSize: undefined }).keepSize).toBeUndefined();
    expect(checkOptions<{ a?: number }>('f', undefined, { a: 'optional' })).toEqual({});
  });

  test('may stand in an object of a class, or in one that inherits them', () => {
    class Quarter {
      degrees = 90;
    }
    expect(turn(new Quarter()).degrees).toBe(90);
    expect(turn(Object.create({ degrees: 45 })).degrees).toBe(45);
    expect(turn(Object.assign(Object.create(null), { degrees: 30 })).degrees).toBe(30);
  });
});

describe('refused', () => {
  test('are options that are unknown, also where they are undefined or inherited, and those that are missing', () => {
    expect(
      messagesOf({
        misspelt: () => turn({ degrees: 90, keepsize: true }),
        'of something else': () => turn({ degrees: 90, colour: 'red' }),
        undefined: () => turn({ degrees: 90, colour: undefined }),
        inherited: () => turn(Object.create({ degrees: 90, colour: 'red' })),
        'what every object has': () => turn({ degrees: 90, toString: 1 }),
        missing: () => turn({ keepSize: true }),
        'missing, for it is undefined': () => turn({ degrees: undefined }),
        'no options at all': () => turn(undefined),
        'where there are none': () => checkOptions<object>('relu', { inplace: true }, {}),
      }),
    ).toMatchInlineSnapshot(`
      {
        "inherited": "ValueError: turn: an option called colour; wanted degrees, keepSize. Leave it out.",
        "missing": "ValueError: turn: degrees is missing; wanted { degrees: … }. Give degrees.",
        "missing, for it is undefined": "ValueError: turn: degrees is missing; wanted { degrees: … }. Give degrees.",
        "misspelt": "ValueError: turn: an option called keepsize; wanted degrees, keepSize. Perhaps keepSize is meant.",
        "no options at all": "ValueError: turn: degrees is missing; wanted { degrees: … }. Give degrees.",
        "of something else": "ValueError: turn: an option called colour; wanted degrees, keepSize. Leave it out.",
        "undefined": "ValueError: turn: an option called colour; wanted degrees, keepSize. Leave it out.",
        "what every object has": "ValueError: turn: an option called toString; wanted degrees, keepSize. Leave it out.",
        "where there are none": "ValueError: relu: an option called inplace; wanted no options. Leave it out.",
      }
    `);
  });

  test('is what is no object of options', () => {
    const others: Readonly<Record<string, unknown>> = {
      'a number': 90,
      null: null,
      'a word': 'right',
      'a truth value': true,
      'a list': [90],
      'a typed array': Float32Array.of(90),
      'a tensor': tensor([90]),
      'an ndarray': ndarray([90]),
      'a function': () => 90,
      'a map': new Map([['degrees', 90]]),
      'random numbers': new Random(1),
    };
    const messages = messagesOf(
      Object.fromEntries(Object.entries(others).map(([name, value]) => [name, () => turn(value)])),
    );
    expect(messages).toMatchInlineSnapshot(`
      {
        "a function": "ValueError: turn: the function a function; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "a list": "ValueError: turn: a list of 1; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "a map": "ValueError: turn: a Map; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "a number": "ValueError: turn: the number 90; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "a tensor": "ValueError: turn: a tensor of shape [1]; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "a truth value": "ValueError: turn: true, a boolean; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "a typed array": "ValueError: turn: a Float32Array of 1; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "a word": "ValueError: turn: the text 'right'; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "an ndarray": "ValueError: turn: an ndarray of shape [1]; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "null": "ValueError: turn: null; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
        "random numbers": "ValueError: turn: a Random; wanted options by name, as in { degrees: … }. Choose from degrees, keepSize.",
      }
    `);
  });

  test('with a typed error of four parts', () => {
    const error = (() => {
      try {
        return sum([1, 2], { axis: 0 } as object);
      } catch (error) {
        return error as ValueError;
      }
    })();
    expect(error).toBeInstanceOf(ValueError);
    expect({ ...error }).toMatchObject({
      code: 'VALUE',
      operation: 'sum',
      got: 'an option called axis',
      wanted: 'axes, keepDims',
      remedy: 'Perhaps axes is meant',
    });
  });

  test('is a tensor, though its shape and type could be read as options', () => {
    const x: Tensor = tensor([1, 2]);
    expect(() => tensor([3, 4], x)).toThrow(
      'tensor: a tensor of shape [2]; wanted options by name, as in { dtype: … }. Choose from dtype, shape.',
    );
  });
});

test('a list of names must be that of the interface', () => {
  // @ts-expect-error: keepSize is missing
  const short: OptionNames<TurnOptions> = { degrees: 'required' };
  // @ts-expect-error: colour is none of them
  const long: OptionNames<TurnOptions> = { degrees: 'required', keepSize: 'optional', colour: 'optional' };
  // @ts-expect-error: degrees must be given
  const loose: OptionNames<TurnOptions> = { degrees: 'optional', keepSize: 'optional' };
  // @ts-expect-error: keepSize need not be given
  const strict: OptionNames<TurnOptions> = { degrees: 'required', keepSize: 'required' };
  expect([short, long, loose, strict].map((names) => Object.keys(names).length)).toEqual([1, 3, 2, 2]);
});

test('a truth value is true or false, not what counts as one of them', () => {
  expect([true, false, undefined].map((keepSize) => turn({ degrees: 1, keepSize }).keepSize)).toEqual([
    true,
    false,
    undefined,
  ]);
  for (const keepSize of [1, 0, null, 'same', [], {}]) {
    expect(() => turn({ degrees: 1, keepSize })).toThrow(/^turn: keepSize is .*; wanted true or false/);
  }
});
