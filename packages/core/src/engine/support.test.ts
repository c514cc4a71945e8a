import { afterEach, expect, test, vi } from 'vitest';
import { environment } from './support.ts';

afterEach(() => vi.unstubAllEnvs());

test('a variable of the environment, where there is one', () => {
  vi.stubEnv('TAPEGRAD_TRY', 'yes');
  expect(environment('TAPEGRAD_TRY')).toBe('yes');
  expect(environment('TAPEGRAD_NOBODY_SET_THIS')).toBeUndefined();
});

test('none where it may not be read, as in Deno without --allow-env', () => {
  const { env } = process;
  const refusing = new Proxy(env, {
    get: () => {
      throw new Error('Requires env access to "TAPEGRAD_TRY", run again with the --allow-env flag');
    },
  });
  try {
    process.env = refusing;
    expect(environment('TAPEGRAD_TRY')).toBeUndefined();
  } finally {
    process.env = env;
  }
});
