import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

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
  test('writes the result to standard output, and nothing else', async () => {
    const { code, out, err } = await runBuilt(['huber', '--format', 'json', '--prediction', '-3,1', '--target=0,.5']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ loss: 'huber', value: 1.3125, gradients: { prediction: [-0.5, 0.25] } });
  });

  test('ends with 2 for a wrong command line and 1 for numbers that are refused', async () => {
    const [misspelt, refused] = await Promise.all([runBuilt(['hubr']), runBuilt(['huber', '--delta', '0'])]);
    expect(misspelt).toMatchObject({ code: 2, out: '' });
    expect(misspelt.err).toContain('Did you mean huber?');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toBe(
      'error: huber: --delta is 0; wanted a finite number greater than 0. For small δ use l1, which is huber / δ there; for large δ half of mse.\n',
    );
  });

  test('says nothing when its reader goes away', async () => {
    const ended = await runBuilt(['softmax-cross-entropy'], { isPatient: false });
    expect(ended).toEqual({ code: 0, out: '', err: '' });
  });
});
