import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const small = ['--count', '20', '--hidden', '4', '--steps', '10', '--losses', 'l2'];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program in a process of its own; a reader without patience closes the pipe before anything is written. */
function runBuilt(args: readonly string[], { isPatient = true } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args]);
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    if (!isPatient) child.stdout.destroy();
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
  });
}

// `pnpm test` builds before it tests; a test that is run by itself may find nothing built.
describe.skipIf(!existsSync(main))('the built program', () => {
  test('writes plain text of 80 columns into a pipe, the same each time', async () => {
    const [first, second] = await Promise.all([runBuilt(small), runBuilt(small)]);
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    expect(first.out).not.toContain('\u001b');
    expect(Math.max(...first.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(second).toEqual(first);
  });

  test('ends with 2 for a wrong command line and 1 for what cannot be done', async () => {
    const [misspelt, refused] = await Promise.all([runBuilt(['--los', 'l2']), runBuilt([...small, '--outliers', '1'])]);
    expect(misspelt).toMatchObject({ code: 2, out: '' });
    expect(misspelt.err).toContain('npx pnpm regression --help lists all options');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/^error: --outliers: /);
  });

  test('says nothing when its reader goes away', async () => {
    expect(await runBuilt(small, { isPatient: false })).toEqual({ code: 0, out: '', err: '' });
  });
});
