import { add, clamp, exp, maxPool2d, multiply, pad, slice, Tape, transpose } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { crossEntropy, described, notANumber, TinyNet, usedTwice } from '../../test/tapes.ts';
import { describeTape } from '../description/describeTape.ts';
import { stepOptions, stepRow, stepsByLayer, stepTitle } from './step.ts';

function manyOptions(tape: Tape) {
  const x = tape.watch([[1, 2]], 'x');
  const scaled = add(multiply(x, 2), tape.constant(1.5, 'shift'));
  const framed = pad(
    clamp(scaled, { min: 0 }),
    [
      [0, 0],
      [1, 0],
    ],
    { value: -Infinity },
  );
  return multiply(slice(transpose(framed), [null, [0, 1]]), 0.1);
}

test.each(
  Object.entries({
    usedTwice,
    crossEntropy,
    notANumber,
    manyOptions,
    net: (tape: Tape) => new TinyNet().loss(tape),
    pooling: (tape: Tape) =>
      maxPool2d(
        tape.watch([
          [
            [
              [1, 2],
              [3, 4],
            ],
          ],
        ]),
        { kernelSize: [2, 1], padding: 0 },
      ),
    nothing: (tape: Tape) => exp(tape.constant(0.1)),
  }),
)('rows are those that core prints: %s', (_name, record) => {
  using tape = new Tape();
  record(tape);
  expect(describeTape(tape).steps.map(stepRow).join('\n')).toBe(String(tape));
});

test('a name cannot break its row', () => {
  using tape = new Tape();
  tape.watch(1, 'a\n%1 [] constant');
  const [step] = describeTape(tape).steps;
  expect(stepRow(step)).toBe('%0 [] watched a\\u{a}%1 [] constant');
  expect(stepTitle(step)).toBe('%0 watched a\\u{a}%1 [] constant');
});

test('options within options keep their infinities', () => {
  const [step] = described(usedTwice).steps;
  const attributes = { range: [-Infinity, Number.NaN], nested: { a: 'b\n', c: null } };
  expect(stepOptions({ ...step, attributes })).toEqual(['range=[-Infinity,NaN]', 'nested={"a":"b\\n","c":null}']);
});

test('steps by layer', () => {
  const { steps } = described((tape) => new TinyNet().loss(tape));
  const layers = [...stepsByLayer(steps)].map(([layer, steps]) => [layer, steps.map(({ index }) => index)]);
  expect(layers).toEqual([
    ['conv', [1, 2]],
    ['pool', [3, 4]],
    ['dense', [5, 6, 7, 8]],
  ]);
});
