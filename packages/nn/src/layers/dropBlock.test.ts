import { detach, full, ones, Random, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { uniform } from '../../../core/test/numbers.ts';
import { DropBlock } from './dropBlock.ts';

const training = (seed = 1) => ({ training: true, random: new Random(seed) });
const isDropped = (y: Tensor, ...index: number[]): boolean => y.view.get(...index) === 0;

describe('in training', () => {
  test.each([
    [0.1, 1],
    [0.1, 3],
    [0.2, 4],
  ])('at a rate of %d drops about as much in blocks of %d, and keeps the mean exactly', (rate, blockSize) => {
    const y = new DropBlock({ rate, blockSize }).call(ones([20, 8, 16, 16], { dtype: 'float64' }), training());
    const numbers = Array.from(y.toFlatArray());
    const dropped = numbers.filter((number) => number === 0).length / numbers.length;
    expect(dropped).toBeLessThan(rate * 1.05);
    // What blocks overlap is less than they cover: 1 - (1 - γ)^(blockSize²) at most rate²/2 less than the rate.
    expect(dropped).toBeGreaterThan(0.95 * rate - (rate * rate) / 2);
    const mean = numbers.reduce((total, number) => total + number, 0) / numbers.length;
    expect(mean).toBeCloseTo(1, 12);
    expect(new Set(numbers).size).toBe(2);
  });

  test('drops whole squares: each dropped pixel lies in one', () => {
    const blockSize = 3;
    const y = new DropBlock({ rate: 0.15, blockSize }).call(ones([4, 2, 8, 9]), training());
    const isBlock = (n: number, c: number, top: number, left: number): boolean =>
      [0, 1, 2].every((i) => [0, 1, 2].every((j) => isDropped(y, n, c, top + i, left + j)));
    let dropped = 0;
    for (let n = 0; n < 4; n++) {
      for (let c = 0; c < 2; c++) {
        for (let row = 0; row < 8; row++) {
          for (let column = 0; column < 9; column++) {
            if (!isDropped(y, n, c, row, column)) continue;
            dropped++;
            const corners = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => [row - i, column - j] as const));
            const isInside = ([top, left]: readonly [number, number]): boolean =>
              top >= 0 && left >= 0 && top <= 5 && left <= 6 && isBlock(n, c, top, left);
            expect(corners.some(isInside)).toBe(true);
          }
        }
      }
    }
    expect(dropped).toBeGreaterThan(20);
  });

  test('gives exact zeros, also where all is dropped, and of NaN', () => {
    const layer = new DropBlock({ rate: 0.99, blockSize: 2 });
    const y = layer.call(full([1, 1, 2, 2], Number.NaN), training());
    expect(y.toList()).toEqual([
      [
        [
          [0, 0],
          [0, 0],
        ],
      ],
    ]);
  });

  test('same seed, same bits; the stream goes on from call to call', () => {
    const [x, layer, context] = [tensor(uniform([2, 3, 9, 9])), new DropBlock({ blockSize: 3 }), training(7)];
    const [first, second] = [layer.call(x, context), layer.call(x, context)];
    expectSame(layer.call(x, training(7)), first);
    expect(second.toList()).not.toEqual(first.toList());
  });

  test('passes the gradient through what was kept alone', () => {
    using tape = new Tape();
    const x = tape.watch(ones([2, 2, 6, 6], { dtype: 'float64' }));
    const y = new DropBlock({ rate: 0.3, blockSize: 2 }).call(x, training());
    expectSame(detach(tape.gradients(sum(y)).get(x)), detach(y));
  });

  test('at a rate of 0 changes nothing and draws nothing', () => {
    const [x, context] = [ones([1, 1, 7, 7]), training()];
    expect(new DropBlock({ rate: 0 }).call(x, context)).toBe(x);
    expect(context.random.state).toEqual(new Random(1).state);
  });
});

test('otherwise y is x', () => {
  using tape = new Tape();
  const [x, watched] = [ones([1, 1, 7, 7]), tape.watch(ones([1, 1, 7, 7]))];
  const layer = new DropBlock();
  expect(layer.call(x)).toBe(x);
  expect(layer.call(watched, { training: false })).toBe(watched);
});

test('every message', () => {
  using tape = new Tape();
  const x = tape.watch(ones([1, 1, 7, 7]));
  const context = { name: 'dropBlock2', random: new Random(1), dtype: 'float32' } as const;
  const placed = new DropBlock({ blockSize: 3 });
  expect([placed.type, placed.kind, placed.parameters]).toEqual(['DropBlock', 'dropBlock', []]);
  expect(placed.build([1, 7, 7], context)).toEqual([1, 7, 7]);
  expect(
    messagesOf({
      'a rate of 1': () => new DropBlock({ rate: 1 }),
      'no block': () => new DropBlock({ blockSize: 0 }),
      'flat inputs': () => new DropBlock().build([49], context),
      'images smaller than a block': () => new DropBlock().build([1, 6, 9], context),
      'called with such': () => placed.call(ones([1, 1, 2, 9])),
      'on a tape without a context': () => placed.call(x),
      'no random numbers': () => placed.call(x, { training: true }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a rate of 1": "ValueError: DropBlock: rate is 1; wanted a number of at least 0 and less than 1, the part that is dropped. Use 0 to drop nothing.",
      "called with such": "ShapeError: dropBlock2: inputs of shape [1, 2, 9]; wanted [channels, height, width], without the batch axis, at least 3 high and wide. Put the layer before Flatten, or use smaller blocks.",
      "flat inputs": "ShapeError: dropBlock2: inputs of shape [49]; wanted [channels, height, width], without the batch axis, at least 7 high and wide. Put the layer before Flatten, or use smaller blocks.",
      "images smaller than a block": "ShapeError: dropBlock2: inputs of shape [1, 6, 9]; wanted [channels, height, width], without the batch axis, at least 7 high and wide. Put the layer before Flatten, or use smaller blocks.",
      "no block": "ValueError: DropBlock: blockSize is 0; wanted a whole number of at least 1. Leave it out for 7.",
      "no random numbers": "ValueError: dropBlock2: training without random numbers; wanted a seeded stream to draw from, so that the same seed gives the same bits. Call the model with \`{ training: true, random: new Random(1) }\`, and keep that stream from step to step.",
      "on a tape without a context": "ValueError: dropBlock2: a tensor on a tape, and no word on whether this is training; wanted a context, for this layer behaves differently in training. Call the model with \`{ training: true, random }\` to train, or with \`{ training: false }\`.",
    }
  `);
});
