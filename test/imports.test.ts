import { describe, expect, test } from 'vitest';
import { allSources } from './sources.ts';

const sources = allSources();

/**
 * What each room of core may import besides itself. Arithmetic, errors, options, warnings, random numbers and the notation
 * of formulas stand outside of the row.
 */
const row = ['kernels', 'engine', 'tensor', 'tape', 'ops', 'fusion', 'derivatives', 'check'] as const;
const rooms: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  // What kind of thing something is, for messages: it knows no tensor.
  kinds: ['errors'],
  warnings: ['kinds', 'options'],
  // Sums and products: what must be the same in every engine, and knows nothing but numbers.
  arithmetic: [],
  // New arrays, and what is said where no array can be so long.
  allocate: ['errors', 'kernels'],
  random: ['allocate', 'errors', 'kinds', 'options', 'arithmetic'],
  options: ['errors', 'kinds'],
  ...Object.fromEntries(
    row.map((room, index) => [
      room,
      [...row.slice(0, index), 'allocate', 'arithmetic', 'errors', 'kinds', 'options', 'random', 'warnings'],
    ]),
  ),
  // Letters and signs: it knows no tensor. Only what records ops writes formulas, and their door collects them.
  notation: [],
  tape: ['allocate', 'kernels', 'engine', 'tensor', 'errors', 'kinds', 'options', 'random', 'warnings', 'notation'],
  ops: [
    'allocate',
    'kernels',
    'engine',
    'tensor',
    'tape',
    'errors',
    'kinds',
    'options',
    'random',
    'warnings',
    'notation',
  ],
  formulas: ['notation', 'ops', 'tape'],
  // Numbers in, numbers out: kernels know nothing else, so that their twins in WebAssembly can be the same.
  kernels: ['arithmetic'],
  authors: [...row, 'allocate', 'arithmetic', 'kinds', 'options'],
  // Files, locks and command lines: it knows an error when it sees one.
  node: ['errors'],
  index: [...row, 'errors', 'random', 'warnings'],
};

/** What each package may import besides itself, by its front door. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'packages/core': [],
  'packages/nn': ['packages/core'],
  'packages/datasets': ['packages/core'],
  'packages/explain': ['packages/core'],
  'packages/onnx': ['packages/core', 'packages/nn'],
  'packages/expression': ['packages/core', 'packages/nn', 'packages/explain'],
  'packages/tapegrad': ['packages/core', 'packages/nn', 'packages/datasets'],
  apps: ['core', 'nn', 'datasets', 'explain', 'expression', 'onnx'].map((name) => `packages/${name}`),
  examples: ['packages/core', 'packages/nn', 'packages/datasets'],
  conformance: ['packages/core', 'packages/nn', 'packages/datasets'],
};

/** Why the first file must not import the second; `undefined` when it may. */
function objection(from: string, to: string): string | undefined {
  if (!isOurs(to)) return undefined;
  const [home, target] = [packageOf(from), packageOf(to)];
  if (home !== target) {
    const isFrontDoor = /^packages\/[^/]+\/src\/((node|[^/]+)\/)?index\.ts$/.test(to);
    if (!packages[kindOf(from)]?.includes(target)) return `${home} must not know ${target}`;
    return isFrontDoor ? undefined : `enter ${target} by its front door`;
  }
  if (home !== 'packages/core') return undefined;
  const [room, other] = [roomOf(from), roomOf(to)];
  return room === other || rooms[room]?.includes(other) ? undefined : `${room} must not import ${other}`;
}

const isOurs = (path: string): boolean => /^(packages|apps|examples|conformance)\//.test(path);
const packageOf = (path: string): string => (path.startsWith('examples/') ? 'examples' : path.split('/src/')[0]);
const kindOf = (path: string): string => (path.startsWith('packages/') ? packageOf(path) : path.split('/')[0]);
const roomOf = (path: string): string => path.split('/src/')[1].split('/')[0].replace('.ts', '');

describe('imports run one way', () => {
  test('apps, examples → nn, datasets → core, and in core ops → tape → tensor → engine → kernels', () => {
    const arrows = sources.flatMap(({ path, imports }) =>
      imports.map((to) => ({ path, to, why: objection(path, to) })),
    );
    const forbidden = arrows.filter(({ why }) => why).map(({ path, to, why }) => `${path} → ${to}: ${why}`);
    expect(forbidden).toEqual([]);
    expect(arrows.length).toBeGreaterThan(300);
  });

  test('every import of a file finds one', () => {
    const paths = new Set(sources.map(({ path }) => path));
    const lost = sources.flatMap(({ path, imports }) =>
      imports.filter((to) => isOurs(to) && !paths.has(to)).map((to) => `${path} → ${to}`),
    );
    expect(lost).toEqual([]);
  });

  test('never in a circle, not for a type either', () => {
    expect(circlesOf(new Map(sources.map(({ path, imports }) => [path, imports])))).toEqual([]);
  });
});

describe('this test', () => {
  const core = 'packages/core/src';
  test.each([
    [`${core}/tape/walk.ts`, `${core}/ops/add.ts`, 'tape must not import ops'],
    [`${core}/kernels/matmul.ts`, `${core}/errors.ts`, 'kernels must not import errors'],
    [`${core}/tensor/tensor.ts`, `${core}/tape/plainTape.ts`, 'tensor must not import tape'],
    [`${core}/ops/add.ts`, `${core}/index.ts`, 'ops must not import index'],
    [`${core}/index.ts`, 'packages/nn/src/index.ts', 'packages/core must not know packages/nn'],
    ['packages/nn/src/loss.ts', `${core}/tape/plainTape.ts`, 'enter packages/core by its front door'],
    ['packages/nn/src/loss.ts', 'packages/datasets/src/index.ts', 'packages/nn must not know packages/datasets'],
    ['packages/nn/src/loss.ts', 'apps/mnist/src/main.ts', 'packages/nn must not know apps/mnist'],
    ['examples/01-tape.ts', 'packages/explain/src/index.ts', 'examples must not know packages/explain'],
    ['examples/01-tape.ts', `${core}/tape/plainTape.ts`, 'enter packages/core by its front door'],
  ])('would object to %s → %s', (from, to, why) => {
    expect(objection(from, to)).toBe(why);
  });

  test.each([
    [`${core}/ops/add.ts`, `${core}/kernels/dtype.ts`],
    [`${core}/check/gradcheck.ts`, `${core}/random/random.ts`],
    [`${core}/tensor/strided.ts`, 'ndarray'],
    ['apps/mnist/src/main.ts', 'packages/datasets/src/node/index.ts'],
    ['packages/nn/src/loss.ts', `${core}/index.ts`],
  ])('lets %s → %s pass', (from, to) => {
    expect(objection(from, to)).toBeUndefined();
  });

  test('would find a circle', () => {
    const files = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', []],
      ['e', ['e']],
    ]);
    expect(circlesOf(files)).toEqual(['b → c → b', 'e → e']);
  });
});

/** The circles that a walk along the imports runs into, each once. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    else if (!done.has(path)) {
      for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of imports.keys()) visit(path, []);
  return circles;
}
