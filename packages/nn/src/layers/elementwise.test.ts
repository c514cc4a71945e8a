import { abs, erf, exp, log, negate, Random, sign, sqrt, square, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { double, uniform } from '../../../core/test/numbers.ts';
import { Elementwise } from './elementwise.ts';
import { Power } from './power.ts';

const context = { name: 'elementwise1', random: new Random(1), dtype: 'float64' } as const;

test.each(Object.entries({ abs, erf, exp, log, negate, sign, sqrt, square }))(
  '%s is the op of that name',
  (name, op) => {
    const layer = new Elementwise({ operation: name as 'abs' });
    expect(layer.build([2, 3], context)).toEqual([2, 3]);
    const x = tensor(uniform([4, 2, 3], { low: 0.1 }));
    expect(layer.call(x).toList()).toEqual(op(x).toList());
  },
);

test('a reciprocal, and a power', () => {
  const x = double([[1, 4, -0.5]]);
  expect(new Elementwise({ operation: 'reciprocal' }).call(x).toList()).toEqual([[1, 0.25, -2]]);
  const cube = new Power({ exponent: 3 });
  expect([cube.kind, cube.build([3], { ...context, name: 'power1' })]).toEqual(['power', [3]]);
  expect(cube.call(x).toList()).toEqual([[1, 64, -0.125]]);
});

test('what is no operation, and what is no exponent', () => {
  expect(
    messagesOf({
      activation: () => new Elementwise({ operation: 'tanh' as 'abs' }),
      property: () => new Elementwise({ operation: 'constructor' as 'abs' }),
      text: () => new Power({ exponent: '2' as unknown as number }),
      infinite: () => new Power({ exponent: Infinity }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "activation": "ValueError: Elementwise: the operation tanh; wanted one of abs, erf, exp, log, negate, reciprocal, sign, sqrt, square. Activations are layers of their own: \`new Tanh()\`.",
      "infinite": "ValueError: Power: exponent is Infinity; wanted a number. Say it: \`new Power({ exponent: 2 })\`.",
      "property": "ValueError: Elementwise: the operation constructor; wanted one of abs, erf, exp, log, negate, reciprocal, sign, sqrt, square. Activations are layers of their own: \`new Tanh()\`.",
      "text": "ValueError: Power: exponent is the text '2'; wanted a number or a truth value. Leave out the quotes: \`2\`.",
    }
  `);
});
