import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { kernelBytes } from '../packages/core/src/engine/kernelBytes.ts';
import * as kernels from '../packages/core/src/engine/kernels.ts';
import { adapt } from '../packages/core/src/engine/rewrite.ts';
import { blockPixels } from '../packages/core/src/engine/twins/convolutionTurned.ts';
import * as twins from '../packages/core/src/engine/twins/index.ts';
import * as products from '../packages/core/src/engine/twins/multiplyMatrices.ts';
import { winogradRoom } from '../packages/core/src/engine/twins/winograd.ts';
import * as reference from '../packages/core/src/kernels/index.ts';
import { allSources, testsIn } from './sources.ts';

const names = Object.keys(twins);
const folder = 'packages/core/src/engine/twins';
const tests = allSources()
  .filter(({ path }) => path.startsWith(`${folder}/`))
  .map(({ path }) => path.replace('.ts', '.long.test.ts'));

/** The text of a test, where a source has one. */
function textOf(path: string): string {
  try {
    return readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
  } catch {
    return '';
  }
}

const allTests = tests.map(textOf).join('\n');

/** Where a kernel may be called: in core everywhere but among the kernels themselves, and in the other packages. */
const callers = allSources()
  .filter(
    ({ path }) =>
      /^packages\/[^/]+\/src\//.test(path) && !/^packages\/core\/src\/(engine|kernels|authors)\//.test(path),
  )
  .map(({ path }) => textOf(path))
  .join('\n');
const referenceTests = testsIn('packages/core/src/kernels').map(textOf).join('\n');

describe('kernels in WebAssembly', () => {
  test('are many', () => {
    expect(names.length).toBeGreaterThan(50);
  });

  test('every reference kernel is one that ops can call', () => {
    // One product is a part of others, and no kernel of its own.
    const missing = Object.keys(reference).filter((name) => !(name in kernels) && name !== 'multiplyInto');
    expect(missing).toEqual([]);
  });

  test('every kernel is called by somebody', () => {
    const idle = Object.keys(kernels).filter((name) => !new RegExp(`\\bkernels\\.${name}\\b`).test(callers));
    expect(idle).toEqual([]);
  });

  test('every reference kernel has tests of its own', () => {
    const untested = Object.keys(reference).filter((name) => !new RegExp(`\\b${name}\\b`).test(referenceTests));
    expect(untested).toEqual([]);
  });

  test.each(names)('%s has a reference namesake with as many arguments, and a test against it', (name) => {
    const plain = (reference as Record<string, unknown>)[name];
    expect(plain).toBeTypeOf('function');
    expect((twins as Record<string, (...all: never) => void>)[name].length).toBe((plain as () => void).length);
    expect((kernels as Record<string, unknown>)[name]).toBeTypeOf('function');
    expect((kernels as Record<string, unknown>)[name]).not.toBe(plain);
    expect(allTests).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test.each([
    ...['matmul', 'addToRows', 'conv2d', 'conv2dRelu', 'conv2dFilterGradient', 'conv2dInputGradient'],
    ...['conv2dFilterGradientChosen', 'conv2dInputGradientChosen', 'biasGradientChosen'],
    ...[
      'maxPool2d',
      'maxPool2dOfRelu',
      'putChosen',
      'takeChosen',
      'avgPool2d',
      'avgPool2dGradient',
      'relu',
      'reluGradient',
    ],
    ...['sum', 'max', 'min', 'softmax', 'logSoftmax', 'logSumExp', 'softmaxCrossEntropy', 'standardise'],
    ...['standardiseGradient', 'copyStrided', 'add', 'subtract', 'multiply', 'divide', 'exp', 'log', 'sqrt'],
  ])('%s is there', (name) => {
    expect(names).toContain(name);
  });

  /** A constant of a file of assembly, as it is written there. */
  const constant = (file: string, name: string): number => {
    const path = fileURLToPath(new URL(`../packages/core/assembly/${file}.ts`, import.meta.url));
    return Number(new RegExp(`const ${name}: (?:i32|usize) = (\\d+);`).exec(readFileSync(path, 'utf8'))?.[1]);
  };

  test('both languages agree on the room that a product of matrices needs, and how it is cut', () => {
    const [rows, inner, columns] = ['rowBlock', 'innerBlock', 'columnBlock'].map((name) =>
      constant('multiplyMatrices', name),
    );
    expect(products.workBytes).toBe(4 * (rows * inner + inner * columns + 6 * 16));
    expect(products.innerBlock).toBe(inner);
    expect(products.panelColumns).toBe(constant('matrixPanels', 'panelColumns'));
    expect(products.inPlace.few).toBe(constant('multiplyMatrices', 'fewRows'));
    expect(products.inPlace.fewer).toBe(constant('multiplyMatrices', 'fewerRows'));
    expect(products.inPlace.conflict).toBe(constant('multiplyMatrices', 'conflict'));
  });

  test('both languages agree on the room that convolutions need', () => {
    expect(blockPixels).toBe(constant('convolutionTurned', 'blockPixels'));
    expect(winogradRoom.scratch).toBe(constant('winogradPacking', 'scratchBytes'));
    expect(winogradRoom.positions).toBe(constant('winogradPacking', 'positions'));
  });
});

test('no constant lies in the rooms that threads have for the ends of lines', () => {
  const text = (path: string): string =>
    readFileSync(fileURLToPath(new URL(`../packages/core/${path}`, import.meta.url)), 'utf8');
  const [, end, threads, size] = (/rooms: usize = (\d+) - (\d+) \* (\d+);/.exec(text('assembly/ends.ts')) ?? []).map(
    Number,
  );
  expect(text('src/engine/settings.ts')).toContain(`const mostThreads = ${threads};`);
  expect([end, size]).toEqual([65_536, 128]);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const bytes = new Uint8Array(memory.buffer).fill(0xaa);
  const module = new WebAssembly.Module(adapt(kernelBytes(), { shared: true, relaxed: false }));
  new WebAssembly.Instance(module, { env: { memory, lanes: 128 } });
  expect(bytes.subarray(0, 2048).every((byte) => byte === 0xaa)).toBe(false);
  expect(bytes.subarray(end - threads * size).every((byte) => byte === 0xaa)).toBe(true);
});

/** Kernels that the reference computes for float32 too, each with the reason; a twin may also hand over single calls. */
const onReference: Readonly<Record<string, string>> = {};

/** Where a twin hands over to the reference: by file of engine/twins and kernel, with the reason. */
const handedOver: Readonly<Record<string, string>> = {
  'activations.ts: elu':
    'an alpha or scale that float32 holds with few digits or not at all, such as 1e-60, which no net has',
  'activations.ts: eluSlope': 'the same alpha',
  'activations.ts: leakyRelu': 'such a slope',
  'activations.ts: softplus': 'a beta below 0, or such a one',
  'activations.ts: softplusSlope': 'the same beta',
  'strided.ts: copyStrided': 'views of more than six axes that cannot be joined',
};

describe('float32 on the reference', () => {
  test('no kernel stays there but those with a reason', () => {
    const all = kernels as Readonly<Record<string, unknown>>;
    const plain = reference as Readonly<Record<string, unknown>>;
    expect(Object.keys(all).length).toBeGreaterThan(70);
    const left = Object.keys(all).filter((name) => all[name] === plain[name]);
    expect(left.sort()).toEqual(Object.keys(onReference).sort());
  });

  test('no twin hands over to it but for a reason', () => {
    const calls = allSources()
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .flatMap(({ path }) => {
        const name = path.slice(folder.length + 1);
        return [...textOf(path).matchAll(/\breference\.(\w+)\(/g)].map(([, kernel]) => `${name}: ${kernel}`);
      });
    expect([...new Set(calls)].sort()).toEqual(Object.keys(handedOver).sort());
  });
});
