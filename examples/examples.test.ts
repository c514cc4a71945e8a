import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));

const names = readdirSync(folder).filter((name) => /^\d\d-\w+\.ts$/.test(name));

/** Examples look for data on this machine alone. */
const noNetwork = 'data:text/javascript,globalThis.fetch=()=>Promise.reject(new Error("no network in tests"))';

/** Runs an example as `npx pnpm example` does, and gives back what it prints. */
function run(name: string): string {
  return execFileSync(process.execPath, ['--import', noNetwork, `${folder}dist/${name}.js`], { encoding: 'utf8' });
}

/** Runs `npx pnpm example` with these arguments, once everything is built. */
function command(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const tool = fileURLToPath(new URL('../tools/example.mjs', import.meta.url));
  return spawnSync(process.execPath, ['--import', noNetwork, tool, ...args], { encoding: 'utf8' });
}

test('the command takes a number, a part of a name, a file, and several of them', () => {
  const tape = command('1');
  expect(tape).toMatchObject({ status: 0, stdout: command('examples/01-tape.ts').stdout });
  expect(tape.stdout).toContain('slope by the tape');
  const both = command('tape', 'gradientofaloss').stdout;
  expect(both.indexOf('01-tape')).toBeGreaterThanOrEqual(0);
  expect(both.indexOf('02-gradientOfALoss')).toBeGreaterThan(both.indexOf('01-tape'));
});

test('the command says what it does not know, and lists what there is', () => {
  const { status, stdout, stderr } = command('tape', 'cnn');
  expect(status).toBe(2);
  expect(stderr).toContain('no example is called cnn');
  expect(stdout).toContain('01-tape');
  expect(command('--help')).toMatchObject({ status: 0, stderr: '' });
});

/** The number behind each occurrence of some words. */
function numbersAfter(words: string, text: string): number[] {
  return [...text.matchAll(new RegExp(`${words}\\s+(-?[\\d.]+(?:e[+-]?\\d+)?)`, 'g'))].map(([, number]) =>
    Number(number),
  );
}

/** What each example has to print, for it is not enough that it ends. */
const checks: Readonly<Record<string, (printed: string) => void>> = {
  '01-tape': (printed) => {
    const [slope] = numbersAfter('slope by the tape', printed);
    expect(slope).toBeCloseTo(0.75 * Math.exp(-0.5), 15);
    expect(numbersAfter('slope by hand', printed)[0]).toBeCloseTo(slope, 15);
    expect(numbersAfter('slope by differences', printed)[0]).toBeCloseTo(slope, 9);
    expect(printed).toContain('%1 [] multiply(x: %0, y: %0)');
  },

  '02-gradientOfALoss': (printed) => {
    const rows = [...printed.matchAll(/(p|gradient) +cat (\S+) +dog (\S+) +fish (\S+)/g)];
    const numbers = rows.map((row) => row.slice(2).map(Number));
    for (let step = 0; step < rows.length; step += 2) {
      const [p, gradient] = [numbers[step], numbers[step + 1]];
      [0, 1, 0].forEach((target, index) => {
        expect(gradient[index]).toBeCloseTo(p[index] - target, 3);
      });
    }
    const losses = numbersAfter('loss', printed);
    expect(losses).toHaveLength(6);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(losses[5]).toBeLessThan(0.1);
  },

  '03-mnist': (printed) => {
    const losses = numbersAfter('loss', printed);
    expect(losses[0]).toBeGreaterThan(2);
    expect(losses.at(-1)).toBeLessThan(0.6);
    expect(Number(/([\d.]+) % of 1000/.exec(printed)?.[1])).toBeGreaterThan(88);
  },

  '04-ownData': (printed) => {
    expect(numbersAfter('mean loss', printed).at(-1)).toBeLessThan(0.05);
    expect(Number(/([\d.]+) % of 300/.exec(printed)?.[1])).toBeGreaterThan(95);
  },

  '05-ownOp': (printed) => {
    const listed = (name: string): number[] => JSON.parse(new RegExp(`${name} +(\\[.*\\])`).exec(printed)?.[1] ?? '');
    [Math.exp(-1), 1, Math.exp(-0.25)].forEach((value, index) => {
      expect(listed('value')[index]).toBeCloseTo(value, 14);
      expect(listed('composed')[index]).toBeCloseTo(value, 14);
      expect(listed('slope')[index]).toBeCloseTo(-2 * [-1, 0, 0.5][index] * value, 14);
    });
    expect(printed).toContain('both derivatives agree');
  },

  '05-ownLoss': (printed) => {
    const [[slope, height], [squaredSlope, squaredHeight]] = ['cauchyLoss', 'squared error'].map(
      (loss) => new RegExp(`${loss} +y = (\\S+) x \\+ (\\S+)`).exec(printed)?.slice(1).map(Number) ?? [],
    );
    expect(Math.abs(slope - 2)).toBeLessThan(0.05);
    expect(Math.abs(height - 1)).toBeLessThan(0.1);
    // A fifth of the points lie 8 too high, which squared error spreads over all.
    expect(squaredHeight).toBeGreaterThan(2);
    expect(squaredSlope).toBeGreaterThan(1);
  },

  '05-ownLayer': (printed) => {
    expect(numbersAfter('accuracy', printed).at(-1)).toBeGreaterThan(0.97);
    expect(numbersAfter('loss', printed).at(-1)).toBeLessThan(0.1);
    const slopes = /learned slopes (.*)/.exec(printed)?.[1].split(' ').map(Number) ?? [];
    expect(slopes).toHaveLength(16);
    expect(slopes.filter((slope) => slope !== 0.25).length).toBeGreaterThan(8);
  },

  '06-fineTuning': (printed) => {
    const [old, frozen, tuned] = [...printed.matchAll(/([\d.]+) % right/g)].map(([, number]) => Number(number));
    expect(old).toBeGreaterThan(90);
    expect(frozen).toBeGreaterThan(60);
    expect(tuned).toBeGreaterThan(frozen);
  },

  '07-autoencoder': (printed) => {
    expect(Number(/saved in (\d+) bytes/.exec(printed)?.[1])).toBeGreaterThan(4 * 24 * 8 * 14 * 14);
    const losses = numbersAfter('mean loss', printed);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    // What the mean of all pixels would give is about 0.07.
    expect(numbersAfter('loss of new images', printed)[0]).toBeLessThan(0.035);
  },

  '08-gan': (printed) => {
    const [means, deviations] = ['mean', 'deviation'].map((words) => numbersAfter(words, printed).slice(0, -1));
    expect(Math.abs(means[0] - 4)).toBeGreaterThan(2);
    expect(Math.abs((means.at(-1) as number) - 4)).toBeLessThan(0.4);
    expect(deviations.at(-1)).toBeGreaterThan(0.25);
    expect(deviations.at(-1)).toBeLessThan(0.9);
  },

  '09-adversary': (printed) => {
    const [image, adversary] = [...printed.matchAll(/: an? (\d), taken for an? (\d); probability of \d: (\S+)/g)].map(
      (row) => row.slice(1).map(Number),
    );
    expect(image[1]).toBe(image[0]);
    expect(adversary[1]).not.toBe(adversary[0]);
    expect(adversary[2]).toBeLessThan(image[2] / 10);
  },

  '11-resNet': (printed) => {
    const losses = numbersAfter('mean loss', printed);
    expect(losses).toHaveLength(4);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(Number(/([\d.]+) % of new images/.exec(printed)?.[1])).toBeGreaterThan(95);
  },

  '12-twoInputs': (printed) => {
    expect(printed).toMatch(/^concat1 +Concat +\[11\]/m);
    expect(Number(/([\d.]+) % of new digits/.exec(printed)?.[1])).toBeGreaterThan(90);
    // Who knows only the mean of all sums is off by 3.3.
    expect(numbersAfter('sums off by', printed)[0]).toBeLessThan(1.5);
  },

  '10-hessianVectorProduct': (printed) => {
    expect(printed).toContain('H·[1, 0] = [ 82, -40 ]');
    expect(printed).toContain('H·[0, 1] = [ -40, 20 ]');
    const [found, byHand] = ['largest eigenvalue', 'by hand'].map((words) => numbersAfter(words, printed)[0]);
    expect(found).toBeCloseTo(byHand, 9);
    const [[from, to], [, fled]] = [...printed.matchAll(/from (\S+) to (\S+)/g)].map((row) => row.slice(1).map(Number));
    expect(to).toBeLessThan(from / 100);
    expect(fled).toBeGreaterThan(from * 100);
  },
};

describe('examples', () => {
  test.each(Object.keys(checks))('%s', (name) => {
    checks[name](run(name));
  });

  test.each(names)('%s is short enough to copy, and long enough to say something', (name) => {
    const text = readFileSync(`${folder}${name}`, 'utf8').trimEnd();
    expect(text.split('\n').length).toBeGreaterThanOrEqual(30);
    expect(text.split('\n').length).toBeLessThanOrEqual(60);
  });

  test('each of them has its check', () => {
    expect(Object.keys(checks).sort()).toEqual(names.map((name) => name.slice(0, -'.ts'.length)).sort());
  });
});
