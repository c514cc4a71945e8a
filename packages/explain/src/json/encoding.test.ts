import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeNumber, decodePlain, encodeNumber, encodePlain } from './encoding.ts';

test('numbers that JSON does not know become strings', () => {
  expect([Number.NaN, Infinity, -Infinity, -0, 0, 0.1].map(encodeNumber)).toEqual([
    'NaN',
    'Infinity',
    '-Infinity',
    '-0',
    0,
    0.1,
  ]);
  fc.assert(fc.property(fc.double(), (x) => Object.is(decodeNumber(JSON.parse(JSON.stringify(encodeNumber(x)))), x)));
  expect(['nan', '1', '', null, [1]].map(decodeNumber)).toEqual(Array(5).fill(undefined));
});

test('strings that look like such numbers are told from them', () => {
  expect(encodePlain(['NaN', Number.NaN, "'NaN", "''-0", "it's"])).toEqual(["'NaN", 'NaN', "''NaN", "'''-0", "it's"]);
});

test('any data comes back', () => {
  const strings = fc.stringMatching(/^'{0,3}(NaN|-?Infinity|-0|0|)'?$/);
  const data = fc.anything({ values: [fc.double(), fc.string(), strings, fc.boolean(), fc.constant(null)] });
  fc.assert(
    fc.property(data, (value) => {
      expect(decodePlain(JSON.parse(JSON.stringify(encodePlain(value))))).toEqual(value);
    }),
  );
});
