import { ValueError } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { checkPassed } from './checkSize.ts';

test('lines that would take minutes are refused, with the way out', () => {
  checkPassed(5000);
  expect(() => checkPassed(5001)).toThrow(ValueError);
  expect(() => checkPassed(5001)).toThrow(/lines pass 5001 ranks .* look at the tape with `toText`/);
});
