import { detach, full, multiply, ones, Random, sum, Tape, tensor, transpose } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { expectSame } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, uniform } from '../../../core/test/numbers.ts';
import { Dropout } from './dropout.ts';

const training = (seed = 1) => ({ training: true, random: new Random(seed) });

describe('in training', () => {
  test.each([0.1, 0.5, 0.9])('drops about %d of all, and makes the others larger by as much', (rate) => {
    const count = 40_000;
    const y = Array.from(new Dropout({ rate }).call(ones([200, 200], { dtype: 'float64' }), training()).toFlatArray());
    const kept = y.filter((number) => number !== 0);
    // Five standard errors of a binomial distribution.
    const error = 5 * Math.sqrt((rate * (1 - rate)) / count);
    expect(Math.abs(kept.length / count - (1 - rate))).toBeLessThan(error);
    expect(kept.every((number) => number === 1 / (1 - rate))).toBe(true);
    const mean = y.reduce((total, number) => total + number, 0) / count;
    expect(Math.abs(mean - 1)).toBeLessThan(error / (1 - rate));
  });

  test.each(dataTypes)('gives exact zeros, also of NaN, infinity and negative numbers, in %s', (dtype) => {
    for (const number of [Number.NaN, Infinity, -3]) {
      const y = new Dropout({ rate: 0.5 }).call(full([1000], number, { dtype }), training());
      expect(y.dtype).toBe(dtype);
      const numbers = [...y.toFlatArray()];
      expect(numbers.filter((found) => Object.is(found, 0)).length).toBeGreaterThan(400);
      expect(numbers.every((found) => Object.is(found, 0) || Object.is(found, number * 2))).toBe(true);
    }
  });

  test('is independent from number to number', () => {
    const y = new Dropout({ rate: 0.5 }).call(ones([20_000]), training()).toFlatArray();
    let both = 0;
    for (let at = 1; at < y.length; at++) if (y[at] === 0 && y[at - 1] === 0) both++;
    expect(Math.abs(both / y.length - 0.25)).toBeLessThan(0.02);
  });

  test('same seed, same bits; the stream goes on from call to call', () => {
    const [x, layer, context] = [tensor(uniform([10, 10])), new Dropout(), training(7)];
    const [first, second] = [layer.call(x, context), layer.call(x, context)];
    expectSame(layer.call(x, training(7)), first);
    expect(second.toList()).not.toEqual(first.toList());
    expectSame(layer.call(transpose(transpose(x)), training(7)), first);
  });

  test('passes the gradient through what was kept alone', () => {
    using tape = new Tape();
    const x = tape.watch(tensor(uniform([50]), { dtype: 'float64' }));
    const y = new Dropout({ rate: 0.25 }).call(x, training());
    const g = tape.constant(uniform([50], { low: 1, high: 2 }));
    const gradient = detach(tape.gradients(sum(multiply(y, g))).get(x)).toFlatArray();
    const wanted = g.toFlatArray().map((number, at) => (y.toFlatArray()[at] === 0 ? 0 : number * (1 / 0.75)));
    expect(gradient).toEqual(wanted);
    expect(wanted.filter((number) => number === 0).length).toBeGreaterThan(5);
  });

  test('at a rate of 0 changes nothing and draws nothing', () => {
    const [x, context] = [tensor([1, 2]), training()];
    expect(new Dropout({ rate: 0 }).call(x, context)).toBe(x);
    expect(context.random.state).toEqual(new Random(1).state);
  });

  test('of nothing is nothing', () => {
    expect(new Dropout().call(ones([0, 3]), training()).shape).toEqual([0, 3]);
  });
});

test('otherwise y is x', () => {
  using tape = new Tape();
  const [x, watched] = [tensor([1, 2]), tape.watch([1, 2])];
  const layer = new Dropout();
  expect(layer.call(x)).toBe(x);
  expect(layer.call(x, { training: false })).toBe(x);
  expect(layer.call(watched, { training: false })).toBe(watched);
});

test('takes any shape, and says what it is', () => {
  const layer = new Dropout();
  expect([layer.type, layer.kind, layer.parameters, layer.rate]).toEqual(['Dropout', 'dropout', [], 0.5]);
  expect(layer.build([2, 3, 4], { name: 'dropout1', random: new Random(1), dtype: 'float32' })).toEqual([2, 3, 4]);
});

test('every message', () => {
  using tape = new Tape();
  const x = tape.watch([1, 2]);
  const placed = new Dropout();
  placed.build([2], { name: 'dropout3', random: new Random(1), dtype: 'float32' });
  expect(
    messagesOf({
      'a rate of 1': () => new Dropout({ rate: 1 }),
      'a negative rate': () => new Dropout({ rate: -0.1 }),
      'no rate at all': () => new Dropout({ rate: Number.NaN }),
      'on a tape without a context': () => new Dropout().call(x),
      'on a tape without a context, within a model': () => placed.call(x),
      'no random numbers': () => placed.call(x, { training: true }),
      'no random numbers at a rate of 0': () => new Dropout({ rate: 0 }).call(x, { training: true }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a negative rate": "ValueError: Dropout: rate is -0.1; wanted a number of at least 0 and less than 1, the part that is dropped. Use 0 to drop nothing.",
      "a rate of 1": "ValueError: Dropout: rate is 1; wanted a number of at least 0 and less than 1, the part that is dropped. Use 0 to drop nothing.",
      "no random numbers": "ValueError: dropout3: training without random numbers; wanted a seeded stream to draw from, so that the same seed gives the same bits. Call the model with \`{ training: true, random: new Random(1) }\`, and keep that stream from step to step.",
      "no random numbers at a rate of 0": "ValueError: Dropout: training without random numbers; wanted a seeded stream to draw from, so that the same seed gives the same bits. Call the model with \`{ training: true, random: new Random(1) }\`, and keep that stream from step to step.",
      "no rate at all": "ValueError: Dropout: rate is NaN; wanted a number of at least 0 and less than 1, the part that is dropped. Use 0 to drop nothing.",
      "on a tape without a context": "ValueError: Dropout: a tensor on a tape, and no word on whether this is training; wanted a context, for this layer behaves differently in training. Call the model with \`{ training: true, random }\` to train, or with \`{ training: false }\`.",
      "on a tape without a context, within a model": "ValueError: dropout3: a tensor on a tape, and no word on whether this is training; wanted a context, for this layer behaves differently in training. Call the model with \`{ training: true, random }\` to train, or with \`{ training: false }\`.",
    }
  `);
});
