import { type FloatArray, type Parameter, ValueError } from '@tapegrad/core';
import { allocateFloats } from '@tapegrad/core/authors';
import { checkCount } from '../checkCount.ts';
import type { ParameterState } from './memory.ts';
import type { RatesState } from './rates.ts';

/** All that an optimiser knows, as data: numbers, names and flat arrays, which are copies. */
export interface OptimiserState<Settings> {
  /** The name of its class: `Adam`. */
  readonly kind: string;
  readonly groups: readonly { readonly parameters: readonly string[]; readonly settings: Settings }[];
  /** The learning rate for all groups, and their shares of it. A state of an earlier version has none. */
  readonly rates?: RatesState;
  /** What is remembered of each parameter, by name. */
  readonly parameters: Readonly<Record<string, ParameterState>>;
}

const remedy = 'Load it into what has the same parameters and was made the same way';

/** Parameters by name. @throws ValueError when two have the same one */
export function parametersByName(operation: string, parameters: readonly Parameter[]): ReadonlyMap<string, Parameter> {
  const byName = new Map<string, Parameter>();
  for (const parameter of parameters) {
    if (byName.has(parameter.name)) {
      throw new ValueError({
        operation,
        got: `two parameters named ${parameter.name}`,
        wanted: 'names by which to tell them apart',
        remedy: 'Give each parameter a name of its own',
      });
    }
    byName.set(parameter.name, parameter);
  }
  return byName;
}

/** Throws a ValueError unless something that should be the same is. */
export function checkSame(operation: string, got: unknown, wanted: unknown, what: string): void {
  if (got === wanted) return;
  throw new ValueError({ operation, got: `${what} ${got}`, wanted: `${wanted}`, remedy });
}

/** Throws a ValueError unless these are the parameters' names, all of them and no others. */
export function checkNames(operation: string, names: readonly string[], parameters: Iterable<string>): void {
  const wanted = [...parameters];
  const missing = wanted.find((name) => !names.includes(name));
  const unknown = names.find((name) => !wanted.includes(name));
  if (missing === undefined && unknown === undefined) return;
  throw new ValueError({
    operation,
    got: missing === undefined ? `the unknown parameter ${unknown}` : `nothing for the parameter ${missing}`,
    wanted: 'each parameter by its name, and no others',
    remedy,
  });
}

/** Throws a ValueError unless an array has the wanted type and length. */
export function checkArray(operation: string, name: string, array: unknown, like: FloatArray): void {
  checkSame(operation, describe(array), describe(like), `${name} is`);
}

function describe(array: unknown): string {
  if (array instanceof Float32Array) return `float32 [${array.length}]`;
  if (array instanceof Float64Array) return `float64 [${array.length}]`;
  return array === undefined ? 'missing' : 'something else than flat numbers';
}

/** Throws a ValueError unless these can be the rates of so many groups, or are left out. */
export function checkRates(operation: string, rates: RatesState | undefined, groups: number): void {
  if (rates === undefined) return;
  const isRate = (number: unknown): boolean => Number.isFinite(number) && Number(number) >= 0;
  if (isRate(rates.learningRate) && rates.shares.length === groups && rates.shares.every(isRate)) return;
  throw new ValueError({
    operation,
    got: `the learning rate ${rates.learningRate} with the shares ${rates.shares.join(', ')}`,
    wanted: `a number of at least 0 for each of ${groups} groups`,
    remedy,
  });
}

/** An array that an optimiser keeps of each parameter. */
export interface KeptArray<Settings> {
  /** With which settings it is kept. Default: with all of them, from the first step on. */
  readonly isKept?: (settings: Settings) => boolean;
  /** The number that it holds everywhere before its first step. Default: 0. */
  readonly start?: (settings: Settings) => number;
}

/** Which arrays an optimiser keeps of a parameter, by name. */
export type KeptArrays<Settings> = Readonly<Record<string, KeptArray<Settings>>>;

/** Where the arrays begin that are kept with these settings, by name. */
export function startsOf<Settings>(kept: KeptArrays<Settings>, settings: Settings): Record<string, number> {
  const starts: Record<string, number> = {};
  for (const name in kept) {
    const { isKept, start } = kept[name];
    if (isKept?.(settings) ?? true) starts[name] = start?.(settings) ?? 0;
  }
  return starts;
}

/** Throws a ValueError unless this can be what is remembered of a parameter. */
export function checkParameterState<Settings>(
  operation: string,
  { name, dtype, size }: Parameter,
  { steps, arrays }: ParameterState,
  expected: KeptArrays<Settings>,
): void {
  checkCount(operation, `the number of steps of ${name}`, steps, 0, remedy);
  const like = allocateFloats(dtype, size);
  const always = steps > 0 ? Object.keys(expected).filter((array) => !expected[array].isKept) : [];
  for (const array of new Set([...always, ...Object.keys(arrays)])) {
    if (Object.hasOwn(expected, array)) checkArray(operation, `${array} of ${name}`, arrays[array], like);
    else checkSame(operation, array, `one of ${Object.keys(expected).join(', ')}`, `${name} with the array`);
  }
}
