import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inProcess } from '../test/inProcess.ts';
import { flagOf } from './flags.ts';
import { losses } from './losses/index.ts';
import { formats } from './request.ts';

const number = fc.oneof(
  fc.constantFrom('0', '1', '-1', '.5', '2', '-100', '1e308', '-1e-320', 'inf', '-inf', 'nan', '1/3', 'ln(.5)'),
  fc.double().map(String),
);
const row = fc.array(number, { minLength: 1, maxLength: 3 }).map((numbers) => numbers.join(','));
const rows = fc.oneof(
  row,
  fc.array(row, { minLength: 1, maxLength: 2 }).map((each) => each.join(';')),
);
const value = fc.oneof({ weight: 8, arbitrary: rows }, fc.constantFrom('mean', 'none', 'sum', 'e'), fc.string());

/** A loss with any of its inputs and options, with values that may be anything. */
const commandLines = fc.constantFrom(...losses).chain((form) => {
  const names = [...Object.keys(form.inputs), ...Object.keys(form.options)];
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 }),
      fc.constantFrom(...formats),
      fc.constantFrom('float64', 'float32'),
    )
    .map(([given, format, dtype]) => [
      form.name,
      ...Object.entries(given).map(([name, text]) => `${flagOf(name)}=${text}`),
      `--format=${format}`,
      `--dtype=${dtype}`,
    ]);
});

test('whatever is asked for, there is a result or an error in a sentence', { timeout: 120_000 }, async () => {
  const codes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(commandLines, async (args) => {
      const { code, out, err } = await inProcess(...args);
      codes.add(code);
      expect(err).not.toMatch(/^ {4}at /m);
      expect([0, 1, 2]).toContain(code);
      if (code === 0) {
        expect(out.length).toBeGreaterThan(100);
        if (args.includes('--format=json')) JSON.parse(out);
      } else {
        expect(out).toBe('');
        expect(err).toMatch(/^(warning: .*\n)*error: .+\n/);
      }
    }),
    { numRuns: 300 },
  );
  expect([...codes].sort()).toEqual([0, 1, 2]);
});
