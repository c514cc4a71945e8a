import { afterEach, expect, test, vi } from 'vitest';
import { onWarning, silence, type Warning, warn } from './warnings.ts';

const example: Warning = { code: 'EXAMPLE', operation: 'test', message: 'this looks wrong' };
let restore = (): void => {};
afterEach(() => restore());

test('a warning is told once for each code and operation', () => {
  const heard: Warning[] = [];
  restore = onWarning((warning) => heard.push(warning));
  warn(example);
  warn(example);
  warn({ ...example, operation: 'other' });
  expect(heard.map(({ operation }) => operation)).toEqual(['test', 'other']);
});

test('a silenced warning is not told', () => {
  const heard: Warning[] = [];
  restore = onWarning((warning) => heard.push(warning));
  silence('EXAMPLE');
  warn(example);
  expect(heard).toEqual([]);
});

test('without a listener it goes to the console', () => {
  restore = onWarning(() => {});
  restore();
  const console = vi.spyOn(globalThis.console, 'warn').mockImplementation(() => {});
  warn(example);
  expect(console.mock.calls).toEqual([['test: this looks wrong [EXAMPLE]']]);
  console.mockRestore();
});
