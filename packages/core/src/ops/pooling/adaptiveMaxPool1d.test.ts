import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinct } from '../../../test/distinct.ts';
import { checkDerivatives, ended, gradientsOf } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes } from '../../../test/numbers.ts';
import { underCells } from '../../../test/pooling.ts';
import { sizeOf } from '../../authors/index.ts';
import { adaptiveMaxPool1d, adaptiveMaxPool1dWithIndices, tensor, zeros } from '../../index.ts';

test.each(dataTypes)('is the first largest of each cell, in %s', (dtype) => {
  const shapes = fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 7 }));
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 8 }), fc.infiniteStream(fc.nat(3)), (shape, outputSize, digits) => {
      const x = tensor([...digits.take(sizeOf(shape))], { shape, dtype });
      const { output, indices } = adaptiveMaxPool1dWithIndices(x, { outputSize });
      const found = Array.from(underCells(x, [outputSize]), ({ numbers, indices }) => {
        const first = numbers.indexOf(Math.max(...numbers));
        return { value: numbers[first], index: indices[first] };
      });
      expect(output.shape).toEqual([shape[0], shape[1], outputSize]);
      expect([...output.toFlatArray()]).toEqual(found.map(({ value }) => value));
      expect([...indices]).toEqual(found.map(({ index }) => index));
    }),
  );
});

test('hands the cotangent to the number that was chosen', () => {
  const pool = (x: Parameters<typeof adaptiveMaxPool1d>[0]) => adaptiveMaxPool1d(x, { outputSize: 2 });
  expect(gradientsOf(pool, [[[[1, 5, 4]]]], [10, 100])).toEqual([[[[0, 110, 0]]]]);
  checkDerivatives(pool, [distinct([2, 2, 5])]);
});

test('says what does not fit', () => {
  const messages = messagesOf({
    image: () => adaptiveMaxPool1d(zeros([1, 1, 2, 2]), { outputSize: 1 }),
    empty: () => adaptiveMaxPool1d(zeros([1, 1, 0]), { outputSize: 1 }),
    none: () => adaptiveMaxPool1d(zeros([1, 1, 2]), { outputSize: 0 }),
    ended: () => adaptiveMaxPool1d(ended(), { outputSize: 1 }),
  });
  expect(messages.image).toMatch(/^ShapeError: adaptiveMaxPool1d: x is \[1, 1, 2, 2\]/);
  expect(messages.empty).toContain('with a length of 0');
  expect(messages.none).toMatch(/^ValueError: adaptiveMaxPool1d: outputSize is 0/);
  expect(messages.ended).toMatch(/^TapeError: adaptiveMaxPool1d: /);
});
