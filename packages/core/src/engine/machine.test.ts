import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** A fresh copy of core, whose engine has not been started. */
async function fresh() {
  vi.resetModules();
  const [core, { kernels }] = await Promise.all([import('../index.ts'), import('../authors/index.ts')]);
  return { ...core, kernels };
}

beforeEach(() => {
  vi.stubEnv('TAPEGRAD_ENGINE', '');
  vi.stubEnv('TAPEGRAD_THREADS', '');
  vi.stubEnv('TAPEGRAD_FUSION', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.doUnmock('./deflated.ts');
  vi.resetModules();
});

describe('which engine', () => {
  test('the fastest, with a thread for each core, when nobody says anything', async () => {
    vi.stubEnv('TAPEGRAD_CORES', '');
    const { engineInfo } = await fresh();
    const { engine, threads, sharedMemory, notes } = engineInfo();
    const { availableParallelism } = await import('node:os');
    expect({ engine, threads, sharedMemory, notes }).toEqual({
      engine: 'relaxed',
      threads: Math.min(64, availableParallelism()),
      sharedMemory: true,
      notes: [],
    });
  });

  test('by the environment', async () => {
    vi.stubEnv('TAPEGRAD_ENGINE', 'simd');
    vi.stubEnv('TAPEGRAD_THREADS', '1');
    const { engineInfo } = await fresh();
    expect(engineInfo()).toMatchObject({ engine: 'simd', threads: 1 });
  });

  test('no more threads than there are cores, and a note where more were asked for', async () => {
    const { configureEngine, engineInfo } = await fresh();
    const cores = 3;
    vi.stubEnv('TAPEGRAD_CORES', String(cores));
    configureEngine({ threads: cores + 1 });
    const { threads, notes } = engineInfo();
    expect({ threads, notes }).toEqual({
      threads: cores,
      notes: [`${cores} of ${cores + 1} threads compute: more than there are cores would wait for each other`],
    });
    configureEngine({ threads: cores });
    expect(engineInfo()).toMatchObject({ threads: cores, notes: [] });
  });

  test('by an option, at any time, and tensors stay valid', async () => {
    const { add, configureEngine, engineInfo, Tape } = await fresh();
    using tape = new Tape();
    let x = tape.constant([1, 2, 3]);
    for (const engine of ['relaxed', 'reference', 'simd', 'relaxed'] as const) {
      configureEngine({ engine, threads: 2 });
      expect(engineInfo()).toMatchObject({ engine, threads: engine === 'reference' ? 1 : 2 });
      x = add(x, 1);
    }
    expect(x.toList()).toEqual([5, 6, 7]);
  });

  test('a tape that ends on another engine than it began on gives its memory back', async () => {
    const { configureEngine, engineInfo, ones, square, Tape } = await fresh();
    const tape = new Tape();
    square(tape.constant(ones([1000])));
    expect(engineInfo().heldBytes['running tapes']).toBeGreaterThan(4000);
    configureEngine({ engine: 'reference' });
    tape.release();
    expect(engineInfo().heldBytes['running tapes']).toBe(0);
  });

  test('computes together what can be, unless somebody says no', async () => {
    const { configureEngine, engineInfo } = await fresh();
    const { fusionIsOn } = await import('./machine.ts');
    const seen = (): boolean[] => [engineInfo().fusion, fusionIsOn()];
    expect(seen()).toEqual([true, true]);
    configureEngine({ fusion: false });
    expect(seen()).toEqual([false, false]);
    configureEngine({ threads: 1, fusion: undefined });
    expect(seen()).toEqual([false, false]);
    configureEngine({ fusion: true });
    expect(seen()).toEqual([true, true]);
  });

  test.each([
    ['on', true],
    ['off', false],
    ['', true],
  ])('by the environment too: TAPEGRAD_FUSION=%s', async (value, isOn) => {
    vi.stubEnv('TAPEGRAD_FUSION', value);
    const { engineInfo } = await fresh();
    expect(engineInfo().fusion).toBe(isOn);
  });

  test.each([
    ['TAPEGRAD_FUSION', 'no'],
    ['TAPEGRAD_FUSION', 'constructor'],
    ['TAPEGRAD_THREADS', '0'],
    ['TAPEGRAD_THREADS', 'x'],
    ['TAPEGRAD_THREADS', '1.5'],
    ['TAPEGRAD_THREADS', '65'],
    ['TAPEGRAD_ENGINE', 'gpu'],
  ])('%s=%s is an error at the first use', async (name, value) => {
    vi.stubEnv(name, value);
    const { add, tensor, ValueError } = await fresh();
    const x = tensor([1, 2]);
    expect(() => add(x, 1)).toThrow(ValueError);
    expect(() => add(x, 1)).toThrow(new RegExp(`^${name}: .*${value}.*wanted`));
  });

  test.each([
    [{ threads: 0 }, 'configureEngine: 0 threads; wanted a whole number from 1 to 64'],
    [{ threads: Number.NaN }, 'wanted a whole number from 1 to 64'],
    [{ engine: 'fast' as 'simd' }, 'the engine "fast"; wanted one of reference, simd, relaxed'],
    [{ fusion: 'off' as unknown as boolean }, "fusion is the text 'off'; wanted a number or a truth value"],
    [
      { fusion: 'sometimes' as unknown as boolean },
      "configureEngine: fusion is the text 'sometimes'; wanted true or false",
    ],
    [{ memoryLimit: 10 }, 'a memoryLimit of 10 bytes; wanted from 4194304 (4 MiB) to 4294967296 (4 GiB)'],
  ])('%o is an error, and changes nothing', async (options, message) => {
    const { configureEngine, engineInfo } = await fresh();
    const before = engineInfo();
    expect(() => configureEngine(options)).toThrow(message);
    expect(engineInfo()).toEqual(before);
  });
});

describe('a machine that lacks something', () => {
  test('without shared memory one thread does all, and says so; results are the same', async () => {
    const { kernels: whole } = await fresh();
    vi.stubGlobal('crossOriginIsolated', false);
    const { kernels, engineInfo } = await fresh();
    const x = Float32Array.from({ length: 50_000 }, (_, at) => Math.sin(at));
    const [y, z] = [new Float32Array(x.length), new Float32Array(x.length)];
    kernels.add(x, x, y, x.length);
    whole.add(x, x, z, x.length);
    expect(y).toEqual(z);
    const { engine, threads, sharedMemory, notes } = engineInfo();
    expect({ engine, threads, sharedMemory }).toEqual({ engine: 'relaxed', threads: 1, sharedMemory: false });
    expect(notes).toEqual([expect.stringContaining('cross-origin isolated')]);
  });

  const without = async (): Promise<void> => {
    const { configureEngine, engineInfo, EngineError } = await fresh();
    expect(engineInfo().engine).toBe('simd');
    expect(() => configureEngine({ engine: 'relaxed' })).toThrow(EngineError);
    expect(() => configureEngine({ engine: 'relaxed' })).toThrow('has no relaxed SIMD');
  };

  /** WebAssembly but for some of its classes. */
  const stubWebAssembly = (classes: object): void => {
    vi.stubGlobal('WebAssembly', Object.assign(Object.create(WebAssembly), classes));
  };

  test('without relaxed SIMD it takes SIMD, and asked for the former it says what is missing', async () => {
    stubWebAssembly({
      Module: class extends WebAssembly.Module {
        constructor(bytes: BufferSource) {
          if (isRelaxed(bytes)) throw new WebAssembly.CompileError('invalid numeric opcode');
          super(bytes);
        }
      },
    });
    await without();
  });

  test('with relaxed SIMD that rounds twice, as in Bun, it is the same: the bits would be those of SIMD', async () => {
    const { Instance, Module } = WebAssembly;
    function made(module: WebAssembly.Module, imports: WebAssembly.Imports): WebAssembly.Instance {
      const isProbe = String(Module.exports(module).map(({ name }) => name)) === 'f';
      return isProbe ? { exports: { f: () => 0 } } : new Instance(module, imports);
    }
    stubWebAssembly({ Instance: made });
    await without();
  });

  test('without SIMD the reference kernels do all, and say so', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const { add, engineInfo, tensor } = await fresh();
    expect(add(tensor([0]), 1).item()).toBe(1);
    expect(engineInfo()).toMatchObject({
      engine: 'reference',
      notes: [expect.stringContaining('no WebAssembly SIMD')],
    });
    vi.restoreAllMocks();
  });

  test('without WebAssembly at all too', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    const { add, engineInfo, tensor } = await fresh();
    expect(add(tensor([0]), 1).item()).toBe(1);
    expect(engineInfo().engine).toBe('reference');
  });

  test('kernels that do not load are a warning, and the reference does all', async () => {
    vi.doMock('./deflated.ts', () => ({ deflated: 'not a binary' }));
    const { add, engineInfo, onWarning, tensor } = await fresh();
    const warnings: string[] = [];
    onWarning(({ code, message }) => warnings.push(`${code} ${message}`));
    expect(add(tensor([0]), 1).item()).toBe(1);
    expect(warnings).toEqual([expect.stringMatching(/^ENGINE_FALLBACK .*could not be started/)]);
    expect(engineInfo()).toMatchObject({
      engine: 'reference',
      notes: [expect.stringContaining('could not be started')],
    });
  });

  test('a thread that fails is an error, and one thread goes on', async () => {
    const { configureEngine, engineInfo, kernels } = await fresh();
    configureEngine({ threads: 2 });
    const [{ launch }, { Pool }] = await Promise.all([import('./launch.ts'), import('./pool.ts')]);
    const stop = vi.spyOn(Pool.prototype, 'stop');
    expect(() => launch('add', 100_000, 1000, 2 ** 31, 2 ** 31, 2 ** 31)).toThrow(
      'a thread failed in the middle of it',
    );
    expect(engineInfo()).toMatchObject({ threads: 1, notes: [expect.stringContaining('a thread failed')] });
    expect(stop).toHaveBeenCalledOnce();
    const x = new Float32Array(100_000).fill(2);
    kernels.add(x, x, x, x.length);
    expect(x.every((number) => number === 4)).toBe(true);
  });
});

/** The probe for relaxed SIMD, by its instruction. */
function isRelaxed(bytes: BufferSource): boolean {
  return Buffer.from(bytes as Uint8Array).includes(Buffer.from([0xfd, 0x85, 0x02]));
}
