import { expect } from 'vitest';

/** Expects Chinese as it is printed: its own marks after its own signs, and one word for each thing. */
export function expectChinese(text: string): void {
  // Within formulas the marks are those of mathematics.
  const marks = text.match(/\p{Script=Han}[,:;?!]|[,:;?!]\p{Script=Han}|\p{Script=Han}\./gu);
  expect(marks, text).toBeNull();
  expect(text).not.toMatch(/磁带|死去的 ?ReLU|惊奇度/);
}
