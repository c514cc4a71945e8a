import * as core from '@tapegrad/core';
import * as datasets from '@tapegrad/datasets';
import * as nn from '@tapegrad/nn';
import * as onnx from '@tapegrad/onnx';
import { describe, expect, test } from 'vitest';
import { coreCalls, datasetCalls, nnCalls, notCalled } from './rightCalls.ts';
import { onnxCalls } from './rightOnnxCalls.ts';
import { wrongKinds } from './wrongKinds.ts';

/*
 * Whatever kind of thing an argument is, a call ends in a value or in an error that says what came, what was wanted and what to
 * do. A right call of every public function stands in a table; each of its arguments in turn is given as every other kind,
 * options too.
 * What options may be called is looked at in options.test.ts.
 */
const packages = [
  { exported: { ...core } as Readonly<Record<string, unknown>>, calls: coreCalls, name: 'core' },
  { exported: { ...nn } as Readonly<Record<string, unknown>>, calls: nnCalls, name: 'nn' },
  { exported: { ...datasets } as Readonly<Record<string, unknown>>, calls: datasetCalls, name: 'datasets' },
  { exported: { ...onnx } as Readonly<Record<string, unknown>>, calls: onnxCalls, name: 'onnx' },
];

describe.each(packages)('$name', ({ exported, calls }) => {
  const functions = Object.keys(exported).filter((name) => typeof exported[name] === 'function');

  test('has a right call in the table for each of its functions', () => {
    const known = [...Object.keys(calls), ...Object.keys(notCalled)];
    const missing = functions.filter((name) => !known.includes(name) && !name.endsWith('Error'));
    expect(missing).toEqual([]);
    expect(Object.keys(calls).filter((name) => !functions.includes(name))).toEqual([]);
  });

  test.each(Object.entries(calls))('%s takes what is right, and refuses what is not in words', async (name, right) => {
    const target = exported[name];
    await expect(called(target, right())).resolves.not.toThrow();
    const untyped: string[] = [];
    for (let position = 0; position < right().length; position++) {
      for (const [kind, make] of Object.entries(wrongKinds)) {
        const given = right().with(position, make());
        const error = await called(target, given).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (error !== undefined && !isTyped(error)) untyped.push(`argument ${position} as ${kind}: ${String(error)}`);
      }
    }
    expect(untyped).toEqual([]);
  });
});

/** Calls a function, or makes an object of a class; what comes one by one is asked for its first. */
async function called(target: unknown, given: readonly unknown[]): Promise<void> {
  if (typeof target !== 'function') return;
  const isClass = /^class\b/.test(Function.prototype.toString.call(target));
  const result: unknown = await (isClass ? Reflect.construct(target, given) : Reflect.apply(target, undefined, given));
  if (typeof result === 'object' && result !== null && 'next' in result && typeof result.next === 'function') {
    await result.next();
  }
}

function isTyped(error: unknown): boolean {
  if (!(error instanceof core.TapegradError)) return false;
  return [error.operation, error.got, error.wanted, error.remedy].every((part) => /\S/.test(part));
}
