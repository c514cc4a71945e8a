import { readFileSync } from 'node:fs';
import { tensor } from '@tapegrad/core';
import * as nn from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import { inProcess } from '../test/inProcess.ts';
import { losses } from './losses/index.ts';
import { readNumbers } from './numbers.ts';

const index = readFileSync(new URL('../../../packages/nn/src/index.ts', import.meta.url), 'utf8');
const exported = [...index.matchAll(/export \{([^}]*)\} from '\.\/losses\//g)]
  .flatMap(([, names]) => names.split(','))
  .map((name) => name.trim())
  .filter((name) => name !== '' && !name.startsWith('type '));

test('every loss that nn exports has a subcommand', () => {
  expect(exported.length).toBeGreaterThanOrEqual(20);
  expect(losses.map(({ computedBy }) => computedBy).sort()).toEqual(exported.sort());
  expect(Object.keys(nn)).toEqual(expect.arrayContaining(exported));
});

test('no two subcommands share a name', () => {
  const names = losses.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(names).toEqual([...new Set(names)]);
});

describe.each(losses)('$name', (form) => {
  test('has the defaults of the function itself', () => {
    const inputs = Object.fromEntries(
      Object.entries(examplesOf(form.name)).map(([name, x]) => [
        name,
        tensor(readNumbers('--x', x), { dtype: 'float64' }),
      ]),
    );
    const standards = Object.entries(form.options).map(([name, option]) => [name, option.read('--x', undefined)]);
    // A penalty has no default for its factor.
    const needed = form.name.endsWith('-penalty') ? { factor: 0.01 } : {};
    const own = form.compute(inputs, needed);
    expect(form.compute(inputs, Object.fromEntries(standards)).toList()).toEqual(own.toList());
  });

  test.each(['text', 'markdown', 'json', 'svg'])('runs with its defaults as %s', async (format) => {
    const { code, out, err } = await inProcess(form.name, '--format', format);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.endsWith('\n')).toBe(true);
    if (format === 'svg') expect(out).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
    else if (format === 'json') expect(JSON.parse(out)).toMatchObject({ loss: form.name, firstNonFinite: null });
    else for (const part of [form.title, form.formula, form.computedBy]) expect(out).toContain(part);
  });

  test('shows its formula in its help', async () => {
    const { code, out } = await inProcess(form.name, '--help');
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(form.formula.replaceAll(/\s+/g, ' '));
  });
});

/** Inputs that are away from kinks, of two rows where the loss takes rows. */
function examplesOf(name: string): Readonly<Record<string, string>> {
  const rows = '3,1,-3;.5,0,1';
  const [p, q] = ['.7,.2,.1', '.2,.6,.2'];
  const inputs = Object.keys(losses.find((form) => form.name === name)?.inputs ?? {}).join();
  const [features, weight] = ['1,.5;-.3,2', '1,0;0,1;-1,1'];
  const found: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'prediction,target': { prediction: '.3,-2.5', target: '1,-1' },
    'logits,target': name.startsWith('binary') ? { logits: '.3,-2.5', target: '1,0' } : { logits: rows, target: '0,2' },
    'logProbabilities,target':
      name === 'nll'
        ? { logProbabilities: '-.5,-2;-3,-.1', target: '0,1' }
        : { logProbabilities: '-.5,-2', target: '.3,.7' },
    'probabilities,target':
      name === 'dice' ? { probabilities: '.9,.2;.4,.6', target: '1,0;0,1' } : { probabilities: '.9,.3', target: '1,0' },
    'features,weight,target': { features, weight, target: '0,2' },
    'features,centres,target': { features, centres: weight, target: '0,2' },
    'first,second,target': { first: features, second: '.5,.2;1,-1', target: name === 'cosine' ? '1,-1' : '1,0' },
    'anchor,positive,negative': { anchor: features, positive: '.5,.2;1,-1', negative: '.9,.4;-.3,1' },
    p: { p },
    'p,q': { p, q },
    'of,under': { of: p, under: q },
    'of,from': { of: p, from: q },
    'weight,bias': { weight: '.5,-1;2,3', bias: '.1,-.3' },
  };
  return found[inputs];
}
