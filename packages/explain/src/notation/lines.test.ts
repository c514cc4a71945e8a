import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { texts } from '../../test/arbitrary.ts';
import { columns, onOneLine, shorten } from './lines.ts';

test('what cannot be printed is written as its code', () => {
  expect(onOneLine('a\nb\u0000c\ud800d\u202ee')).toBe('a\\u{a}b\\u{0}c\\u{d800}d\\u{202e}e');
  expect(onOneLine('∂x – ü 層 🙂')).toBe('∂x – ü 層 🙂');
});

test('columns: wide letters take two', () => {
  expect(columns('∂x…')).toBe(3);
  expect(columns('層🙂')).toBe(4);
});

test('shortened to no more than was asked for', () => {
  expect(shorten('padding', 7)).toBe('padding');
  expect(shorten('padding', 5)).toBe('padd…');
  expect(shorten('層層層', 4)).toBe('層…');
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 9 }), (text, most) => columns(shorten(onOneLine(text), most)) <= most),
  );
});
