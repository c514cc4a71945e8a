import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptions } from '../../test/arbitrary.ts';
import { described, notANumber, TinyNet } from '../../test/tapes.ts';
import { cardColumns, passedText, stepCard } from './card.ts';
import { columns } from './lines.ts';

const written = (card: ReturnType<typeof stepCard>): string =>
  `\n${card.map(({ kind, text }) => `${kind.padEnd(9)} | ${text}`).join('\n')}`;

test('of a step with options and many numbers', () => {
  const { steps } = described((tape) => new TinyNet().loss(tape));
  expect(written(stepCard(steps[2]))).toMatchInlineSnapshot(`
    "
    title     | %2 conv2d
    detail    | [2, 2, 4, 4] float32
    detail    | stride=1 padding="same" dilation=1 groups=1
    value     | value     [[[[-0.12868, …], …], …], …]
    value     |           64 numbers, -1.523 to 1.514
    cotangent | cotangent [[[[0, 0, 0, 0], …], …], …]
    cotangent |           64 numbers, -0.65138 to 0.77024"
  `);
});

test('of a step without a gradient, and of one with NaN', () => {
  const net = described((tape) => new TinyNet().loss(tape));
  expect(written(stepCard(net.steps[12]))).toMatchInlineSnapshot(`
    "
    title     | %12 constant
    detail    | [] float32
    value     | value 2"
  `);
  expect(written(stepCard(described(notANumber).steps[0]))).toMatchInlineSnapshot(`
    "
    title     | %0 watched x
    detail    | [3] float64
    value     | value     [0, 1, 2]
    cotangent | cotangent [NaN, 0, 0]"
  `);
});

test('what is passed: numbers where they have room, else from where to where they go', () => {
  const { steps } = described((tape) => new TinyNet().loss(tape));
  expect(passedText(steps[11], 'x')).toBe('[0.5, 0.5]');
  expect(passedText(steps[2], 'weight')).toMatchInlineSnapshot(`"-0.96198 to 0.84849"`);
  expect(passedText(steps[2], 'x')).toBeNull();
});

test('no card is wider than was promised', () => {
  fc.assert(
    fc.property(descriptions(), ({ steps }) => {
      for (const step of steps) {
        for (const { text } of stepCard(step)) expect(columns(text)).toBeLessThanOrEqual(cardColumns);
      }
    }),
  );
});
