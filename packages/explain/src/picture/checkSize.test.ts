import { ValueError } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { contrary } from '../../test/unrolled.ts';
import { layoutTape } from './layout.ts';

test('long lines that no other lines imply are drawn, as long as that takes seconds', () => {
  expect(layoutTape(contrary(20)).edges).toHaveLength(83);
});

test('beyond that they are refused at once, with the way out', () => {
  const description = contrary(180);
  expect(() => layoutTape(description)).toThrow(ValueError);
  expect(() => layoutTape(description)).toThrow(/lines pass \d+ ranks .* look at the tape with `toText`/);
});
