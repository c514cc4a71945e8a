import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../../../test/expect.ts';
import { checkDerivatives } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { double, uniform } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { multiply } from '../elementwise/multiply.ts';
import { sum } from '../reductions/sum.ts';
import { transpose } from '../shape/transpose.ts';
import { einsum } from './einsum.ts';
import { matmul } from './matmul.ts';

const random = (shape: readonly number[], seed: number): Tensor => tensor(uniform(shape, { seed }));
const [a, b, c] = [random([2, 3], 1), random([3, 4], 2), random([4, 4], 3)];

describe('values', () => {
  test('of the equations everybody knows', () => {
    expectClose(einsum('ij,jk->ik', a, b), matmul(a, b), 1e-14);
    expectClose(einsum('ij->ji', a), transpose(a), 0);
    expectClose(einsum('ij->', a), sum(a), 1e-14);
    expectClose(einsum('ij->j', a), sum(a, { axes: 0 }), 1e-14);
    expectClose(
      einsum('i,j->ij', double([1, 2]), double([3, 4])),
      [
        [3, 4],
        [6, 8],
      ],
      0,
    );
    expectClose(einsum('i,i', double([1, 2]), double([3, 4])), 11, 0);
    const diagonal = [0, 1, 2, 3].map((i) => c.toFlatArray()[5 * i]);
    expectClose(einsum('ii->i', c), diagonal, 0);
    expectClose(
      einsum('ii', c),
      diagonal.reduce((total, number) => total + number),
      1e-14,
    );
    expectClose(einsum('ij,ij->ij', a, a), multiply(a, a), 1e-14);
    expectClose(einsum('ij,jk,kl->il', a, b, c), matmul(matmul(a, b), c), 1e-13);
    expectClose(einsum('ij, jk', a, b), matmul(a, b), 1e-14);
    expectClose(einsum('ba', a), transpose(a), 0);
  });

  test('with an ellipsis, which broadcasts', () => {
    const [x, y] = [random([5, 2, 3], 4), random([1, 3, 4], 5)];
    expectClose(einsum('...ij,...jk->...ik', x, y), matmul(x, y), 1e-14);
    expectClose(einsum('...ij,jk', x, b), matmul(x, b), 1e-14);
    const squares = random([2, 3, 3], 6);
    expectClose(
      einsum('...ii->...i', squares),
      [0, 1].map((n) => [0, 1, 2].map((i) => squares.toFlatArray()[9 * n + 4 * i])),
      0,
    );
  });

  test('against a plain loop over every index', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), ([p, q, r, s]) => {
        const [x, y] = [random([p, q, r], 7), random([r, p, s], 8)];
        const [u, v] = [x.toFlatArray(), y.toFlatArray()];
        const wanted = new Float64Array(q * s);
        for (let i = 0; i < p; i++)
          for (let j = 0; j < q; j++)
            for (let k = 0; k < r; k++)
              for (let l = 0; l < s; l++) wanted[j * s + l] += u[(i * q + j) * r + k] * v[(k * p + i) * s + l];
        expectClose(einsum('ijk,kil->jl', x, y), tensor(wanted, { shape: [q, s] }), 1e-13);
      }),
    );
  });
});

test('derivatives', () => {
  checkDerivatives((x, y) => einsum('bij,jkb->ki', x, y), [uniform([2, 3, 2]), uniform([2, 4, 2], { seed: 2 })]);
  checkDerivatives((x) => einsum('...ii->...', x), [uniform([2, 3, 3])]);
  checkDerivatives((x) => einsum('ij,kj->ik', x, x), [uniform([2, 3])]);
});

test('messages', () => {
  expect(
    messagesOf({
      'an axis too many': () => einsum('ij->i', [1, 2]),
      'no letters': () => einsum('1j->i', a),
      'too few operands': () => einsum('ij,jk->ik', a),
      'two lengths': () => einsum('ij,kj->ik', a, b),
      'unknown output': () => einsum('ij->k', a),
      'output twice': () => einsum('ij->ii', a),
    }),
  ).toMatchInlineSnapshot(`
    {
      "an axis too many": "ShapeError: einsum: the term 'ij' of 'ij->i' for an operand of shape [2]; wanted 2 axes. Give one letter for each axis, or \`...\` for any further ones.",
      "no letters": "ValueError: einsum: the equation '1j->i'; wanted letters, commas, \`...\` and one \`->\`, as in \`ij,jk->ik\`. Name each axis by a letter.",
      "output twice": "ValueError: einsum: the equation 'ij->ii'; wanted behind the arrow each letter once, of those before it. Check i.",
      "too few operands": "ValueError: einsum: 'ij,jk->ik', with 2 terms, for 1 operands; wanted one term for each operand. Separate terms by commas.",
      "two lengths": "ShapeError: einsum: 'ij,kj->ik' with operands [2, 3], [3, 4], where j is 3 and 4; wanted one length for each letter. Check the order of the letters.",
      "unknown output": "ValueError: einsum: the equation 'ij->k'; wanted behind the arrow each letter once, of those before it. Check k.",
    }
  `);
});
