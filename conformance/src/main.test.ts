import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/* The command line as it is called, in what `pnpm test` built just before. */
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

const number = (value: number) => ({ shape: [], dtype: 'float64', data: [value] });
const negation = (name: string, want: number, op = 'neg') => ({
  ...{ name, op, attrs: {}, tol: { float64: [1e-9, 1e-10], float32: [1e-4, 1e-5] } },
  ...{ inputs: { x: number(2) }, outputs: { output: number(want) } },
});

describe('the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tapegrad-conformance-'));
    const cases = [negation('right', -2), negation('wrong', 2), negation('far', 1, 'erf')];
    await writeFile(join(folder, 'cases.json'), JSON.stringify({ family: 'test', cases }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const call = (...options: string[]) => spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' });

  it('ends with the counts, names what failed, and exits with 1', async () => {
    const json = join(folder, 'results.txt');
    const { stdout, status } = call(folder, '--json', json);
    expect(stdout).toMatchInlineSnapshot(`
      "FAILED neg wrong: float64 output: got -2, wanted 2 (rtol 1e-9, atol 1e-10)
      FAILED erf far: malformed: the input input is missing

      op   passed  failed
      erf       0       1
      neg       1       1

      1 passed, 2 failed
      "
    `);
    expect(status).toBe(1);
    expect(JSON.parse(await readFile(json, 'utf8')).results).toHaveLength(3);
  });

  it('exits with 0 where all passed', () => {
    const { stdout, status } = call(folder, '--only', 'right', '--verbose');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed');
    expect(stdout).toContain('passed neg right (');
    expect(status).toBe(0);
  });

  it('exits with 2 where there is nothing to run', () => {
    const missing = call(join(folder, 'nowhere'));
    expect(missing.stderr).toContain('cannot be read');
    expect(missing.status).toBe(2);
    expect(call().status).toBe(2);
    expect(call(folder, '--only', 'nothing').status).toBe(2);
    expect(call(folder, '--timeout', '0').status).toBe(2);
  });

  it('shows its options', () => {
    const { stdout, status } = call('--help');
    expect(stdout).toContain('--data-dir');
    expect(status).toBe(0);
  });
});
