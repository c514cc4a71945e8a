import { expect, test } from 'vitest';
import { inProcess } from '../../test/inProcess.ts';
import { withoutSignOfZero } from './zeros.ts';

test.each([
  ['[-0, 0, −0]', '[0, 0, 0]'],
  ['e^-0 = 1, -0.5, -0e-3', 'e^0 = 1, -0.5, -0e-3'],
  ['x-0, v2-0, (1)-0, 3 - 0', 'x-0, v2-0, (1)-0, 3 - 0'],
  ['-10 and -0', '-10 and 0'],
])('%s', (text, wanted) => {
  expect(withoutSignOfZero(text)).toBe(wanted);
});

test.each([['text'], ['markdown']])('no command prints a zero with a sign, as %s', async (format) => {
  const runs = await Promise.all([
    inProcess('softmax-cross-entropy', '--derivation', '--format', format),
    inProcess('hinge', '--prediction=-0,2', '--target', '1,1', '--derivation', '--format', format),
    inProcess('mse', '--prediction=-0,1', '--target', '0,1', '--derivation', '--format', format),
  ]);
  for (const { code, out } of runs) {
    expect(code).toBe(0);
    expect(out).not.toMatch(/(?<![\w.)\]}])[-−]0(?![\d.eE])/);
  }
});
