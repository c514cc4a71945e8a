import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** Without what would make it find a dataset. */
const { TAPEGRAD_DATA: _, ...environment } = process.env;
let env: NodeJS.ProcessEnv = environment;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapegrad-mnist-'));
  env = { ...environment, TAPEGRAD_CACHE: join(folder, 'cache') };
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program in a process of its own, and interrupts it once it has printed `until`. */
function run(args: readonly string[], until?: string): Promise<Ended> {
  return end([process.execPath, main, ...args], until);
}

/** How a process ends. */
function end([command, ...args]: readonly string[], until?: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, env });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const before = out;
      out += text;
      if (until !== undefined && !before.includes(until) && out.includes(until)) child.kill('SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
  });
}

// `pnpm test` builds before it tests; a test that is run by itself may find nothing built.
describe.skipIf(!existsSync(main))('the built program', () => {
  test('--check ends with 0 where all is well, with 1 where it is not, and writes nothing', async () => {
    const some = ['--check', '--digits', '--train-images', '1280', '--test-images', '200'];
    const [well, ill] = await Promise.all([run(some), run([...some, '--learning-rate', '50'])]);
    expect(well).toMatchObject({ code: 0, err: '' });
    expect(well.out).toMatch(/\n13 of 13 checks passed; nothing was trained or written\n$/);
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(
      /✗ overfit one batch of 32 samples .*\n.*wanted: below 0\.01 .*\n.*what to do: Try a learning rate/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('--check goes with nothing that writes', async () => {
    const { code, err } = await run(['--check', '--digits', '--report', 'report.html']);
    expect(code).toBe(2);
    expect(err).toContain("option '--check' cannot be used with option '--report <file>'");
  });

  test('--report is refused before anything is loaded, where it cannot be written', async () => {
    mkdirSync(join(folder, 'made.html'));
    const { code, out, err } = await run(['--digits', '--report', 'made.html']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(
      'error: --report: made.html cannot be written: it is a folder; wanted a file in a folder that can be written to. Name another file.\n',
    );
  });

  test.skipIf(process.platform !== 'linux').each(['--checkpoint', '--save', '--report'])(
    '%s in a folder that has room for nothing is refused before anything is loaded',
    async (option) => {
      const ending = { '--checkpoint': '', '--save': '/model.onnx', '--report': '/report.html' }[option];
      const { code, out, err } = await run(['--digits', option, `/proc/nothing${ending}`]);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(new RegExp(`^error: ${option}: /proc/nothing.* cannot be written: .*Name another`));
    },
  );

  describe.skipIf(process.platform !== 'linux')('what could not be written', () => {
    const short = ['--digits', '--epochs', '1', '--train-images', '64', '--test-images', '10'];
    const args = [...short, '--save', 'a.safetensors', '--save', 'b.onnx', '--report', 'r.html'];
    const files = ['a.safetensors', 'b.onnx', 'r.html', 'run/step-000000001.safetensors'];
    const all = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

    test('leaves nothing half, and nothing in the way of the next run', async () => {
      // No file may be longer than 8 kB.
      const limited = (words: readonly string[]) =>
        end(['bash', '-c', 'ulimit -f 8; exec "$@"', '', process.execPath, main, ...words]);
      const [outputs, checkpoint] = [await limited(args), await limited([...short, '--checkpoint', 'run'])];
      expect([outputs.code, checkpoint.code]).toEqual([1, 1]);
      expect(outputs.out).toMatch(/error: --save: b\.onnx cannot be written: /);
      expect(outputs.err).toMatch(/^error: --save: a\.safetensors cannot be written: /);
      expect(checkpoint.err).toMatch(/^error: --checkpoint: run\/step-000000001\.safetensors cannot be written: /);
      expect(all()).toEqual(['run']);
      // What a process leaves that is killed meanwhile, and what another program calls so.
      const halves = files.flatMap((file) => [
        `${file}.partial`,
        `${file}.7-01234567-89ab-cdef-0123-456789abcdef.partial`,
      ]);
      for (const half of halves) writeFileSync(join(folder, half), 'x');
      const { code, err } = await run([...args, '--checkpoint', 'run']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(all()).toEqual(expect.arrayContaining(files));
    });

    test('a report costs nobody the model', async () => {
      // What was free at the start is taken at the end.
      const meanwhile = `import { mkdirSync } from 'node:fs';
        const { log } = console;
        console.log = (line) => { if (line.startsWith('before training')) mkdirSync('r.html'); log(line); };`;
      const importing = ['--import', `data:text/javascript,${encodeURIComponent(meanwhile)}`];
      const { code, out, err } = await end([process.execPath, ...importing, main, ...args]);
      expect(code).toBe(1);
      expect(out).toMatch(/the model is in a\.safetensors\nthe model is in b\.onnx\n$/);
      expect(err).toMatch(/^error: --report: r\.html cannot be written: /);
    });
  });

  test.each([
    [['--data-dir', 'nowhere'], /^error: --data-dir: nowhere: nothing there; wanted the files of MNIST\./],
    [['--data-dir', '.'], /^error: --data-dir: .*or leave out --data-dir to have MNIST downloaded\.\n$/],
    [
      ['--dataset', 'fashion-mnist', '--no-download'],
      /^error: Fashion-MNIST: .*put its files in a folder and name that as --data-dir\.\n$/,
    ],
  ])('%j is refused in the words of the command line', async (args, message) => {
    const { code, err } = await run(args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });

  test.each([
    [['--resume'], '--resume needs the folder of the run: --checkpoint <folder>'],
    [['--digits', '--dataset', 'cifar-10'], "option '--digits' cannot be used with option '--dataset <name>'"],
    [['--report', 'report.pdf'], 'Wanted a file that ends in .html.'],
  ])('a wrong command line ends with 2: %j', async (args, message) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('a reader that has seen enough ends the training, and is no error', async () => {
    const { code, err } = await new Promise<{ code: number | null; err: string }>((resolve) => {
      const child = spawn(process.execPath, [main, '--digits', '--epochs', '1000', '--test-images', '100'], {
        cwd: folder,
      });
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (text) => {
        err += text;
      });
      child.stdout.once('data', () => child.stdout.destroy());
      child.on('close', (code) => resolve({ code, err }));
    });
    expect({ code, err }).toEqual({ code: 130, err: '' });
  });

  test('a run that is over says so when it is asked to go on, and one that got worse than guessing as well', async () => {
    const args = ['--digits', '--epochs', '1', '--train-images', '640', '--test-images', '50', '--checkpoint', 'run'];
    const worse = await run([...args, '--learning-rate', '90']);
    expect(worse.out).toMatch(/far worse than guessing, 2\.303: try a --learning-rate below 90/);
    const { code, out } = await run([...args, '--learning-rate', '90', '--resume']);
    expect(code).toBe(0);
    expect(out).toContain('this run has ended: epoch 1/1');
    expect(out).not.toContain('conv1');
  });

  test('Ctrl-C ends with 130, and with a report of the steps there were', async () => {
    const args = ['--digits', '--epochs', '50', '--test-images', '100', '--report', 'report.html'];
    const { code, out } = await run(args, 'before training');
    expect(code).toBe(130);
    expect(out).toContain('the report is in report.html');
    expect(readdirSync(folder)).toEqual(['report.html']);
    const text = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(text).toContain('This run did not come to its end: it was stopped by Ctrl-C.');
    expect(text.trimEnd().endsWith('</html>')).toBe(true);
  });
});
