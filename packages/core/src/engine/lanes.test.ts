import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from './laneCheck.ts';
import type { Routine } from './pool.ts';
import type { NodeVersion } from './support.ts';

const { node, v8 } = process.versions;
const merges = /^1[34]\.6\./.test(v8) && process.arch === 'x64';

/** A fresh copy of core, whose engine has not been started. */
async function fresh() {
  vi.resetModules();
  const [core, { kernels }] = await Promise.all([import('../index.ts'), import('../authors/index.ts')]);
  return { ...core, kernels };
}

beforeEach(() => {
  for (const name of ['ENGINE', 'THREADS', 'LANES']) vi.stubEnv(`TAPEGRAD_${name}`, '');
  vi.stubEnv('TAPEGRAD_THREADS', '1');
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const name of ['./support.ts', './laneCheck.ts']) vi.doUnmock(name);
  vi.resetModules();
});

/** 70 × 300 by 300 × 50, as an engine with these lanes computes it, and what it says of itself. */
function product({ kernels, configureEngine, engineInfo }: Awaited<ReturnType<typeof fresh>>, lanes?: 128 | 256) {
  configureEngine({ lanes });
  const x = Float32Array.from({ length: 70 * 300 }, (_, at) => Math.sin(at));
  const z = new Float32Array(70 * 50);
  kernels.matmul(x, x, z, 1, 70, 300, 50, [0, 300, 1], [0, 50, 1]);
  return { z, info: engineInfo() };
}

describe('which lanes', () => {
  test('those that are known to be fast when nobody says anything, and why', async () => {
    const { info } = product(await fresh());
    expect(info.notes).toEqual([]);
    if (merges) expect(info).toMatchObject({ lanes: 256, lanesReason: 'V8 merges vectors here' });
    else expect(info).toMatchObject({ lanes: 128, lanesReason: expect.stringContaining(`this is Node ${node}`) });
  });

  test('by an option, at any time, to the same bits', async () => {
    const core = await fresh();
    const [narrow, wide, again] = ([128, 256, 128] as const).map((lanes) => product(core, lanes));
    expect(narrow.info).toMatchObject({ lanes: 128, lanesReason: 'asked for' });
    expect(wide.info.lanes).toBe(256);
    expect(wide.info.lanesReason).toMatch(merges ? /^asked for$/ : /^asked for, though slower: Node 24 and 26/);
    expect(wide.z).toEqual(narrow.z);
    expect(again.z).toEqual(narrow.z);
  });

  test('by the environment', async () => {
    vi.stubEnv('TAPEGRAD_LANES', '256');
    expect((await fresh()).engineInfo().lanes).toBe(256);
    vi.stubEnv('TAPEGRAD_LANES', '128');
    expect((await fresh()).engineInfo().lanes).toBe(128);
  });

  test('with two roundings tiles need more registers: 128 bits', async () => {
    vi.stubEnv('TAPEGRAD_ENGINE', 'simd');
    const { info } = product(await fresh());
    expect(info).toMatchObject({ engine: 'simd', lanes: 128 });
  });

  test('the reference kernels have none', async () => {
    vi.stubEnv('TAPEGRAD_ENGINE', 'reference');
    expect((await fresh()).engineInfo()).toMatchObject({
      lanes: null,
      lanesReason: expect.stringContaining('reference'),
    });
  });

  test('others are an error', async () => {
    vi.stubEnv('TAPEGRAD_LANES', '512');
    const core = await fresh();
    expect(() => core.engineInfo()).toThrow('TAPEGRAD_LANES: lanes of 512 bits; wanted 128 or 256');
    vi.stubEnv('TAPEGRAD_LANES', '');
    const { configureEngine } = await fresh();
    expect(() => configureEngine({ lanes: 64 as 128 })).toThrow('configureEngine: lanes of 64 bits; wanted 128 or 256');
  });
});

describe('on a Node that merges vectors', () => {
  interface Pretence {
    readonly fault?: Fault;
    /** What V8 says when it is told to compile a routine. */
    readonly compile?: (routine: Routine) => boolean;
    readonly options?: readonly string[];
  }

  /** Makes this Node look like another, and writes down what V8 is told. */
  async function pretend(version: NodeVersion | null, { fault, compile = () => true, options = [] }: Pretence = {}) {
    const flags: string[] = [];
    vi.resetModules();
    const support = await vi.importActual<typeof import('./support.ts')>('./support.ts');
    const told = {
      options,
      v8: { setFlagsFromString: (flag: string) => flags.push(flag) },
      vm: { runInThisContext: () => compile },
    };
    const parts = support.nodeParts();
    vi.doMock('./support.ts', () => ({
      ...support,
      nodeVersion: () => version,
      nodeParts: () => parts && { ...parts, ...told },
    }));
    const check = await vi.importActual<typeof import('./laneCheck.ts')>('./laneCheck.ts');
    const faultOf: typeof check.faultOf = (routines, heap) => fault ?? check.faultOf(routines, heap);
    vi.doMock('./laneCheck.ts', () => ({ faultOf }));
    const [front, { kernels }] = await Promise.all([import('../index.ts'), import('../authors/index.ts')]);
    return { core: { ...front, kernels }, flags };
  }
  const node24 = { node: '24.21.0', v8: '13.6.233.17-node.53', architecture: 'x64' };
  const on = ['--experimental-wasm-revectorize', '--allow-natives-syntax'];
  const off = ['--no-experimental-wasm-revectorize', '--no-allow-natives-syntax'];

  test.each([node24, { node: '26.10.0', v8: '14.6.202.34-node.34', architecture: 'x64' }])(
    'V8 is told to, and no longer when it has compiled: $node',
    async (version) => {
      const { core, flags } = await pretend(version);
      expect(core.engineInfo()).toMatchObject({ lanes: 256, notes: [], lanesReason: 'V8 merges vectors here' });
      expect(flags).toEqual([...on, ...off]);
    },
  );

  test('nothing is told when 128 bits are wanted', async () => {
    const { core, flags } = await pretend(node24);
    core.configureEngine({ lanes: 128 });
    expect(core.engineInfo().lanes).toBe(128);
    expect(flags).toEqual([]);
  });

  test('what Node was started with stays set', async () => {
    const { core, flags } = await pretend(node24, { options: ['--experimental-wasm-revectorize'] });
    expect(core.engineInfo().lanes).toBe(256);
    expect(flags).toEqual([on[1], off[1]]);
  });

  test.each([
    [
      'knows no native functions',
      () => {
        throw new SyntaxError("Unexpected token '%'");
      },
    ],
    ['does not compile one of the kernels', ({ name }: Routine) => name !== '7'],
  ])('a V8 that %s means 128 bits and a warning, and no flag stays set', async (_, compile) => {
    const { core, flags } = await pretend(node24, { compile });
    const warnings: string[] = [];
    core.onWarning(({ code, message }) => warnings.push(`${code} ${message}`));
    expect(core.engineInfo()).toMatchObject({
      engine: 'relaxed',
      lanes: 128,
      notes: [expect.stringContaining('V8 did not compile')],
    });
    expect(warnings).toEqual([expect.stringMatching(/^ENGINE_FALLBACK V8 did not compile/)]);
    expect(flags).toEqual([...on, ...off]);
  });

  test('a wrong product means 128 bits and a warning, even when 256 were asked for', async () => {
    const { core, flags } = await pretend(node24, { fault: 'wrong product' });
    const warnings: string[] = [];
    core.onWarning(({ code, message }) => warnings.push(`${code} ${message}`));
    const { z, info } = product(core, 256);
    expect(z.some(Number.isNaN)).toBe(false);
    expect(info).toMatchObject({
      engine: 'relaxed',
      lanes: 128,
      notes: [expect.stringContaining('a product was wrong')],
    });
    expect(warnings).toEqual([expect.stringMatching(/^ENGINE_FALLBACK with lanes of 256 bits a product was wrong/)]);
    expect(flags).toEqual([...on, ...off]);
  });

  test('a processor without fused multiply-add has narrow ones unless it is asked, and that is no fault', async () => {
    const { core, flags } = await pretend(node24, { fault: 'no fused multiply-add' });
    expect(core.engineInfo()).toMatchObject({
      lanes: 128,
      notes: [],
      lanesReason: expect.stringContaining('processor'),
    });
    expect(flags).toEqual([...on, ...off]);
    core.configureEngine({ lanes: 256 });
    expect(core.engineInfo()).toMatchObject({ lanes: 256, notes: [], lanesReason: 'asked for' });
  });

  test.each([
    [{ ...node24, node: '22.21.0', v8: '12.4.254.21-node.33' }, 'this is Node 22.21.0 with V8 12.4.254.21'],
    [{ ...node24, node: '24.99.0', v8: '13.7.100.1-node.1' }, 'this is Node 24.99.0 with V8 13.7.100.1'],
    [{ ...node24, node: '27.0.0', v8: '15.2.100.1-node.1' }, 'this is Node 27.0.0'],
    [{ ...node24, architecture: 'arm64' }, 'this is arm64'],
    [null, 'only Node'],
  ])('%o is left alone', async (version, reason) => {
    const { core, flags } = await pretend(version);
    expect(core.engineInfo()).toMatchObject({ lanes: 128, lanesReason: expect.stringContaining(reason) });
    expect(flags).toEqual([]);
  });
});

test('the known product finds a wrong number, and a product that is rounded twice', async () => {
  vi.resetModules();
  const { faultOf } = await import('./laneCheck.ts');
  const { machine } = await import('./machine.ts');
  const { heap, routines } = machine() as NonNullable<ReturnType<typeof machine>>;
  expect(faultOf(routines, heap)).toBeNull();
  const spoilt = (spoil: (z: Float32Array) => void) => ({
    matmul: (...numbers: number[]) => {
      routines.matmul(...numbers);
      spoil(new Float32Array(heap.memory.buffer, numbers[3], numbers[7] * numbers[9]));
    },
  });
  expect(
    faultOf(
      spoilt((z) => {
        z[z.length - 1] += 1;
      }),
      heap,
    ),
  ).toBe('wrong product');
  expect(
    faultOf(
      spoilt((z) => {
        if (z.length === 96) z.fill(0);
      }),
      heap,
    ),
  ).toBe('no fused multiply-add');
});
