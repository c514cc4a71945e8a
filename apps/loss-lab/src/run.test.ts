import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { warn } from '@tapegrad/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { inProcess } from '../test/inProcess.ts';
import { losses } from './losses/index.ts';

describe('without a loss', () => {
  test('all losses are listed with their formulas', async () => {
    const { code, out, err } = await inProcess();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const { name, aliases, title, formula } of losses) {
      expect(out).toContain(`  ${[name, ...aliases].join(', ')}\n      ${title}\n      ${formula}\n`);
    }
  });

  test('--help lists them too', async () => {
    const { code, out, err } = await inProcess('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const { name } of losses) expect(out).toMatch(new RegExp(`^  ${name}[| ]`, 'm'));
  });
});

describe('a wrong command line', () => {
  test.each([
    ['a misspelt loss', ['hubr'], 'Did you mean huber?'],
    ['a misspelt alias', ['pinbal'], 'Did you mean pinball?'],
    ['a misspelt option', ['huber', '--dleta', '1'], 'Did you mean --delta?'],
    ['an option before the loss', ['--format', 'json', 'huber'], 'the name of the loss comes first'],
    ['what is no number', ['huber', '--delta', 'x'], 'error: --delta: "x" where a number should be'],
    [
      'rows of two lengths',
      ['huber', '--prediction', '1,2;3'],
      'error: --prediction: row 0 has 2 numbers, row 1 has 1',
    ],
    ['no numbers', ['huber', '--prediction'], 'argument missing'],
    ['an option instead of numbers', ['huber', '--prediction', '--target', '0'], 'before the next option begins'],
    ['spaces between numbers', ['huber', '--prediction', '1', '2'], 'too many arguments'],
    ['an unknown format', ['huber', '--format', 'xml'], 'Allowed choices are text, markdown, json, svg'],
    ['an unknown base', ['kl', '--base', '3'], 'error: --base: "3"; wanted e, 2 or 10'],
    ['an unknown input to differentiate by', ['huber', '--by', 'delta'], 'wanted prediction or target'],
    ['class indices to differentiate by', ['nll', '--by', 'target'], 'wanted logProbabilities'],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await inProcess(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

describe('numbers that the loss refuses', () => {
  test.each([
    ['a negative delta', ['huber', '--delta', '-1'], 'error: huber: --delta is -1'],
    ['two shapes', ['huber', '--prediction', '1,2', '--target', '0'], '--prediction is [2], --target is []'],
    ['a class that is not there', ['nll', '--target', '3'], '--target[0] is 3, with 3 classes'],
    ['what sums to more than 1', ['kl', '--p', '.7,.7'], '--of is [2], --from is [3]'],
    ['class indices to differentiate by', ['softmax-cross-entropy', '--by', 'target'], 'which holds class indices'],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await inProcess(...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`error: `);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('several losses', () => {
  test('are summed, and it is said', async () => {
    const { out } = await inProcess('mse', '--prediction', '1,2', '--target', '0,0', '--reduction', 'none');
    expect(out).toContain('[1, 4]');
    expect(out).toContain('what follows differentiates their sum');
    const { out: json } = await inProcess('kl', '--p', '.7,.3;.5,.5', '--q', '.5,.5;.1,.9', '--format', 'json');
    const { losses, value, isSumOfLosses } = JSON.parse(json);
    expect(losses.shape).toEqual([2]);
    expect(value).toBeCloseTo(losses.value[0] + losses.value[1], 14);
    expect(isSumOfLosses).toBe(true);
  });
});

describe('what is not finite', () => {
  test('is shown, with the step where it began', async () => {
    const { code, out } = await inProcess('kl', '--p', '1,0', '--q', '0,1');
    expect(code).toBe(0);
    expect(out).toContain('The loss is Infinity. The first step that is NaN or infinite is %');
  });

  test('is a string in JSON', async () => {
    const { out } = await inProcess('kl', '--p', '1,0', '--q', '0,1', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      value: 'Infinity',
      gradients: { of: ['Infinity', 0], from: ['-Infinity', 0] },
    });
  });

  test.each(['text', 'markdown', 'json', 'svg'])('comes out as %s too', async (format) => {
    for (const logits of ['nan,1,2', 'inf,1,2', '-inf,1,2', '1e308,-1e308,0']) {
      const { code, err } = await inProcess('softmax-cross-entropy', '--logits', logits, '--format', format);
      expect({ code, err }).toEqual({ code: 0, err: '' });
    }
  });
});

test('warnings of the library go to standard error, each time anew', async () => {
  const console = vi.spyOn(globalThis.console, 'warn').mockImplementation(() => undefined);
  for (let time = 0; time < 2; time++) {
    const { code, err } = await inProcess('softmax-cross-entropy', '--logits', '.2,.8', '--target', '0');
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: softmax-cross-entropy: the --logits are at least 0 and sum to 1/);
  }
  expect(console).not.toHaveBeenCalled();
  // Whoever calls `run` from elsewhere has the console back.
  warn({ code: 'TEST', operation: 'test', message: 'heard' });
  expect(console).toHaveBeenCalledOnce();
  console.mockRestore();
});

describe('--output', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loss-lab-'));
  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
  });

  test('writes to the file what would go to standard output, and nothing beside it', async () => {
    const file = join(folder, 'huber.json');
    const there = await inProcess('huber', '--format', 'json', '--output', file);
    const here = await inProcess('huber', '--format', 'json');
    expect(there).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(file, 'utf8')).toBe(here.out);
    expect(readdirSync(folder)).toEqual(['huber.json']);
  });

  test('leaves nothing behind where it cannot', async () => {
    const file = join(folder, 'file');
    await inProcess('huber', '--output', file);
    const { code, out, err } = await inProcess('huber', '--output', join(file, 'huber.txt'));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error: --output: \S+huber\.txt cannot be written: \w+: .+; wanted a file in a folder/);
    // A folder has the name already: the temporary file was written, and is gone again.
    const taken = await inProcess('huber', '--output', folder);
    expect(taken.code).toBe(1);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
