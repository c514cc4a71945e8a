import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { chooseLanes } from './lanes.ts';

/*
 * The kernels as V8 compiles them with neighbouring vectors merged, in a process of their own: a fault in V8's compiler ends
 * it. That is tried where lanes of 256 bits are the default, Node 24 and 26 on x64, and only there.
 */

const folder = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { isMerged } = chooseLanes('relaxed', undefined);

/** Runs a program that has `core` and `machine`, and gives what it and V8 wrote. */
function run(program: string, ...flags: string[]): string {
  const start = `
    import * as core from '${folder}/index.ts';
    import { machine } from '${folder}/engine/machine.ts';
    import { kernels } from '${folder}/authors/index.ts';
    core.configureEngine({ threads: 1 });`;
  const options = ['--no-warnings', ...flags, '--input-type=module', '--eval', `${start}\n${program}`];
  const env = { PATH: process.env.PATH };
  return execFileSync(process.execPath, options, { encoding: 'utf8', env, maxBuffer: 2 ** 28 });
}

/** Products, often enough that what is not yet compiled by the optimising compiler would be, with the budget below. */
const products = `
  const x = Float32Array.from({ length: 64 * 64 }, (_, at) => Math.sin(at));
  for (let round = 0; round < 20; round++) kernels.matmul(x, x, new Float32Array(64 * 64), 1, 64, 64, 64, [0, 64, 1], [0, 64, 1]);`;
const soon = ['--wasm-sync-tier-up', '--wasm-tiering-budget=1000'];

describe.runIf(isMerged)('lanes of 256 bits, on Node 24 and 26', () => {
  test('V8 survives all kernels, and its optimising compiler has compiled each of them when the engine has started', () => {
    const kernels = JSON.parse(
      run(
        `import { load } from '${folder}/engine/load.ts';
        const { heap } = machine();
        const { lanes, module } = load(heap, 'relaxed', undefined);
        const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory, lanes } });
        const all = Object.keys(exports);
        const optimised = all.filter((name) => %IsTurboFanFunction(exports[name]));
        console.log(JSON.stringify({ lanes, all, optimised }));`,
        '--allow-natives-syntax',
      ),
    );
    expect(kernels.lanes).toBe(256);
    expect(kernels.all.length).toBeGreaterThan(300);
    expect(kernels.optimised).toEqual(kernels.all);
  });

  describe('what V8 says', () => {
    const trace = '--trace-wasm-revectorize';
    const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
    let wide: string;
    beforeAll(() => {
      wide = run('core.engineInfo();', trace);
    });

    test('it merges vectors in many loops', () => {
      expect(count(wide, /Decided? to vectorize/g)).toBeGreaterThan(150);
    });

    test('it looks at the kernels alone, and not at what is compiled later', () => {
      const more = run(`core.engineInfo(); core.configureEngine({ lanes: 128 }); ${products}`, trace, ...soon);
      expect(count(more, /Begin revec/g)).toBe(count(wide, /Begin revec/g));
      expect(count(run(`core.configureEngine({ lanes: 128 }); ${products}`, trace, ...soon), /Begin revec/g)).toBe(0);
    });
  });

  test('an engine in a thread of its own has them too, beside that of the program', () => {
    const said = run(
      `import { Worker } from 'node:worker_threads';
      const program = \`
        import { parentPort } from 'node:worker_threads';
        import * as core from 'file://${folder}/index.ts';
        core.configureEngine({ threads: 2 });
        parentPort.postMessage(core.engineInfo());\`;
      const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(program)));
      const { lanes: here } = core.engineInfo();
      worker.on('message', ({ lanes, lanesReason }) => {
        console.log(JSON.stringify({ here, there: lanes, lanesReason }));
        process.exit();
      });`,
    );
    expect(JSON.parse(said)).toEqual({ here: 256, there: 256, lanesReason: 'V8 merges vectors here' });
  });
});
