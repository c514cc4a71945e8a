import { expect, test } from 'vitest';
import { inProcess } from '../test/inProcess.ts';

/** What the head of a command says of the gradient. */
async function headOf(...args: string[]): Promise<string | undefined> {
  const { out, err } = await inProcess(...args);
  expect(err).toBe('');
  return out.split('\n').find((line) => line.startsWith('∂loss/∂logits'));
}

test('the head says what the gradient is with the options that were given', async () => {
  const softmax = 'softmax-cross-entropy';
  expect(await headOf(softmax)).toBe(
    '∂loss/∂logits = p - target, for a class index p - 1 at the class and p elsewhere',
  );
  expect(await headOf(softmax, '--weight', '1,2,3', '--label-smoothing', '.1')).toBe(
    '∂loss/∂logits = ((Σt)·p - t) / n; t = weight·((1 - s)·target + s/C), s = label smoothing, C = number of classes, n = Σ weight of the class over the rows that count',
  );
  expect(await headOf(softmax, '--logits', '1,2;3,4', '--target', '0,1', '--base', '2')).toBe(
    '∂loss/∂logits = (p - target) / (n·ln 2); n = number of rows that count',
  );
  expect(
    await headOf(softmax, '--logits', '1,2;3,4', '--target', '0,1', '--reduction', 'sum', '--example-weight', '1,2'),
  ).toBe('∂loss/∂logits = u·(p - target); u = weight of the example');
  expect(await headOf('temperature', '--temperature', '2', '--label-smoothing', '.2')).toBe(
    '∂loss/∂logits = (p - t) / T; t = (1 - s)·target + s/C, s = label smoothing, C = number of classes',
  );
});

test('what the head says is what is computed', async () => {
  const args = ['--logits', '3,1,-3;0,0,1', '--target', '0,2', '--weight', '1,2,.5', '--label-smoothing', '.1'];
  for (const [base, nats] of [
    ['e', 1],
    ['2', Math.LN2],
    ['10', Math.LN10],
  ] as const) {
    const { out } = await inProcess('softmax-cross-entropy', ...args, '--base', base, '--format', 'json');
    const { gradients } = JSON.parse(out);
    const [weights, s, n] = [[1, 2, 0.5], 0.1, 1 + 0.5];
    [
      [3, 1, -3],
      [0, 0, 1],
    ].forEach((row, index) => {
      const powers = row.map(Math.exp);
      const total = powers.reduce((sum, power) => sum + power, 0);
      const t = weights.map((weight, c) => weight * ((1 - s) * Number(c === [0, 2][index]) + s / 3));
      const sum = t.reduce((all, one) => all + one, 0);
      row.forEach((_, c) => {
        expect(gradients.logits[index][c]).toBeCloseTo((sum * (powers[c] / total) - t[c]) / n / nats, 12);
      });
    });
  }
});

test('a text fits on a screen unless the derivation is asked for', async () => {
  const [short, long] = await Promise.all([
    inProcess('softmax-cross-entropy'),
    inProcess('softmax-cross-entropy', '--derivation'),
  ]);
  expect(short.out.split('\n').length).toBeLessThanOrEqual(25);
  expect(short.out).toContain('--derivation');
  expect(long.out.split('\n').length).toBeGreaterThan(100);
});
