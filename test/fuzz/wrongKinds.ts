import * as core from '@tapegrad/core';
import * as datasets from '@tapegrad/datasets';
import * as nn from '@tapegrad/nn';
import fc from 'fast-check';
import { coreCalls, datasetCalls, nnCalls } from '../rightCalls.ts';
import { wrongKinds } from '../wrongKinds.ts';
import type { Target } from './targets.ts';

const exported: Readonly<Record<string, unknown>> = { ...core, ...nn, ...datasets };
const calls = { ...coreCalls, ...nnCalls, ...datasetCalls };

/** Hears of steps that others' numbers would make for hours, or of names that others listen to. */
const left = ['gradientDescent', 'silence'];
const names = Object.keys(calls).filter((name) => !left.includes(name));

interface Question {
  readonly name: string;
  /** Which argument is changed, the one behind the last among them; what is drawn counts round. */
  readonly at: number;
  /** Which of its options, or of its items, is changed instead of all of it. */
  readonly within: number;
  readonly value: unknown;
}

/** Anything, whose whole numbers are small enough to be sizes, and those that no size can be. */
const number = fc.oneof(
  fc.integer({ min: -3, max: 40 }),
  fc.constantFrom(-0, 0.5, Number.NaN, Infinity, -Infinity, 1e308, 5e-324, 2 ** 52, 2 ** 60, 1e30),
);
const anything = fc.anything({
  values: [number, fc.string({ maxLength: 6 }), fc.boolean(), fc.constantFrom(null, undefined, 3n, '2', '１')],
  // Not what texts are made by.
  key: fc.string({ maxLength: 5 }).filter((key) => !['toString', 'valueOf'].includes(key)),
  maxDepth: 2,
  maxKeys: 3,
  withSparseArray: true,
  withMap: true,
  withSet: true,
  withDate: true,
  withTypedArray: false,
});

const questions: fc.Arbitrary<Question> = fc.record({
  name: fc.constantFrom(...names),
  at: fc.nat(6),
  within: fc.nat(9),
  value: fc.oneof(
    { weight: 3, arbitrary: anything },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(wrongKinds)).map((make) => make()) },
  ),
});

/** What is right with one thing in it exchanged: all of it, or one of the options or items in it. */
function changed(right: unknown, within: number, value: unknown): unknown {
  if (Array.isArray(right) && right.length > 0 && within > 4) return right.with(within % right.length, value);
  const isOptions = typeof right === 'object' && right !== null && Object.getPrototypeOf(right) === Object.prototype;
  const options = isOptions ? Object.keys(right) : [];
  return options.length > 0 && within > 1 ? { ...(right as object), [options[within % options.length]]: value } : value;
}

/** A right call of any function with one argument, option or item in it exchanged, or with an argument too many. */
export const wrongKindsTarget: Target = {
  name: 'arguments and options of another kind',
  inputs: questions,
  read: async (input) => {
    const { name, at, within, value } = input as Question;
    const target = exported[name] as (...given: unknown[]) => unknown;
    const right = calls[name]();
    const position = at % (right.length + 1);
    const given = [...right];
    given[position] = changed(right[position], within, value);
    const made = await (/^class\b/.test(String(target)) ? Reflect.construct(target, given) : target(...given));
    return await (made as Partial<Iterator<unknown>> | undefined)?.next?.();
  },
};
