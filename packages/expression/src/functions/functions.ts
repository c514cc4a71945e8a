import { broadcastTo } from '@tapegrad/core';
import { ops } from '@tapegrad/core/authors';
import { losses } from './losses.ts';

/** A function of the language, called as the library calls it: inputs first, and then an object of options. */
export type LibraryFunction = (...given: readonly unknown[]) => unknown;

/** All ops of core, all losses of nn, and `ln`, which is what mathematics calls `log`. */
const functions: ReadonlyMap<string, LibraryFunction> = new Map<string, LibraryFunction>([
  ...Object.entries(ops as Readonly<Record<string, unknown>>).flatMap(([name, op]): [string, LibraryFunction][] =>
    typeof op === 'function' ? [[name, op as LibraryFunction]] : [],
  ),
  ...Object.entries(losses).map(([name, { call }]): [string, LibraryFunction] => [name, call as LibraryFunction]),
  ['broadcastTo', broadcastTo as LibraryFunction],
  ['ln', ops.log as LibraryFunction],
]);

/** Those whose first input is a list of tensors; of any other list one tensor is made. */
const takingLists: ReadonlySet<string> = new Set(['concat', 'stack', 'l1Penalty', 'l2Penalty']);

/** What the name of a reduction means where it is given two inputs, as mathematics writes it. */
const ofTwo: Readonly<Record<string, string>> = { max: 'maximum', min: 'minimum' };

export const isFunction = (name: string): boolean => functions.has(name);

export const takesLists = (name: string): boolean => takingLists.has(name);

/** The function of a name, for so many inputs: `max(a, b)` is `maximum(a, b)`. */
export function functionOf(
  name: string,
  inputs: number,
): { readonly name: string; readonly call: LibraryFunction } | undefined {
  const meant = inputs === 2 && Object.hasOwn(ofTwo, name) ? ofTwo[name] : name;
  const call = functions.get(meant);
  return call && { name: meant, call };
}

/** The names of all functions of the language. */
export const functionNames: readonly string[] = [...functions.keys()];
