import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

describe('a case that takes too long', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tapegrad-conformance-'));
    const tol = { float64: [1e-9, 1e-10], float32: null };
    const attrs = { shape: [5000, 5000] };
    const slow = { name: 'slow', op: 'kaiming_normal', attrs, tol, outputs: {}, grads: {} };
    const one = { shape: [], dtype: 'float64', data: [1] };
    const quick = { name: 'quick', op: 'abs', attrs: {}, tol, inputs: { x: one }, outputs: { output: one } };
    await writeFile(join(folder, 'cases.json'), JSON.stringify({ cases: [slow, quick] }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('fails, and the next one is run', () => {
    const { stdout, status } = spawnSync(process.execPath, [program, folder, '--timeout', '0.3'], { encoding: 'utf8' });
    expect(stdout).toContain('FAILED kaiming_normal slow: no result after 0.3 s');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed');
    expect(status).toBe(1);
  });
});
