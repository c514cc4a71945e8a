import {
  add,
  exp,
  log,
  multiply,
  NonFiniteError,
  Parameter,
  ShapeError,
  square,
  sum,
  Tape,
  TapeError,
  tensor,
  ValueError,
} from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { crossEntropy, notANumber, TinyNet, usedTwice } from '../../test/tapes.ts';
import { describeTape } from './describeTape.ts';
import type { StepDescription } from './description.ts';

const float64 = (numbers: number | number[]) => tensor(numbers, { dtype: 'float64' });

/** The contributions of a step added one after the other, in its own precision. */
function sumOf({ contributions, value }: StepDescription): readonly number[] | undefined {
  const round = value.dtype === 'float32' ? Math.fround : (x: number) => x;
  const [first, ...others] = contributions.map(({ cotangent }) => cotangent.numbers);
  return others.reduce((sum, part) => sum.map((x, index) => round(x + part[index])), first);
}

describe('what is told of each step', () => {
  const net = new TinyNet();
  const tapes = { usedTwice, crossEntropy, notANumber, net: (tape: Tape) => net.loss(tape) };

  test.each(Object.entries(tapes))('the same as core tells: %s', (_name, record) => {
    using tape = new Tape();
    const loss = record(tape);
    const { steps, output } = describeTape(tape, { output: loss, limit: Infinity });
    const gradients = tape.gradients(loss, {
      withRespectTo: tape.steps.map((step) => step.output),
      nonFinite: 'allow',
    });
    expect(output).toBe(tape.indexOf(loss));
    expect(steps.length).toBe(tape.steps.length);
    tape.steps.forEach((step, index) => {
      const described = steps[index];
      expect(described).toMatchObject({ index, operation: step.operation, inputs: step.inputs });
      expect([described.name, described.layer]).toEqual([step.name ?? null, step.layer ?? null]);
      expect(described.value.numbers).toEqual([...step.output.toFlatArray()]);
      expect(described.value.shape).toEqual([...step.output.shape]);
      expect(described.needsGradient).toBe(step.needsGradient);
      if (described.cotangent === null) expect(step.needsGradient).toBe(false);
      else expect(described.cotangent.numbers).toEqual([...gradients.get(step.output).toFlatArray()]);
    });
  });

  test.each(Object.entries(tapes))('contributions sum up to the cotangent, bit for bit: %s', (_name, record) => {
    using tape = new Tape();
    const { steps, output } = describeTape(tape, { output: record(tape), limit: Infinity });
    const reached = steps.filter(({ cotangent, index }) => cotangent && index !== output);
    expect(reached.length).toBeGreaterThan(2);
    for (const step of reached) expect(sumOf(step)).toEqual(step.cotangent?.numbers);
    for (const { index, passed } of steps) {
      for (const { input, to, cotangent } of passed) {
        expect(steps[to].contributions).toContainEqual({ from: index, input, cotangent });
      }
    }
  });

  test('later steps come first, as they are added', () => {
    using tape = new Tape();
    const { steps } = describeTape(tape, { output: usedTwice(tape) });
    expect(steps[0].contributions.map(({ from, input }) => `${from}.${input}`)).toEqual(['4.y', '2.x', '2.y']);
  });

  test('in float32 the order matters: 1 is lost behind 2^24 twice, and not before it', () => {
    using tape = new Tape();
    const x = tape.watch(tensor([0]), 'x');
    const [one, big] = [multiply(x, 1), multiply(x, 2 ** 24)];
    const output = sum(add(add(one, multiply(x, 1)), big));
    const [step] = describeTape(tape, { output }).steps;
    expect(step.contributions.map(({ cotangent }) => cotangent.numbers[0])).toEqual([1, 2 ** 24, 1]);
    expect(step.cotangent?.numbers).toEqual([2 ** 24]);
  });

  test('layers, options, and what leads to nothing', () => {
    using tape = new Tape();
    const { steps } = describeTape(tape, { output: net.loss(tape) });
    expect(steps[2]).toMatchObject({ layer: 'conv', attributes: { padding: 'same', stride: 1 } });
    expect(steps[0]).toMatchObject({ name: 'images', cotangent: null, contributions: [], passed: [] });
  });
});

describe('the recording', () => {
  test('is all that is described without an output', () => {
    using tape = new Tape();
    usedTwice(tape);
    const { steps, output } = describeTape(tape);
    expect(output).toBeNull();
    expect(steps.length).toBe(6);
    expect(steps.every(({ cotangent, passed }) => cotangent === null && passed.length === 0)).toBe(true);
  });

  test('stays as it is, with a cotangent too', () => {
    using tape = new Tape();
    const y = exp(tape.watch(float64([0, 1]), 'x'));
    const before = tape.steps.length;
    const { steps } = describeTape(tape, { output: y, cotangent: float64([2, 3]) });
    expect(steps[0].cotangent?.numbers).toEqual([2, 3 * Math.E]);
    expect(tape.steps.length).toBe(before);
    expect(steps.length).toBe(before);
  });

  test('takes up a loss of parameters alone', () => {
    using tape = new Tape();
    const weight = new Parameter('weight', float64([1, 2]));
    const { steps, output } = describeTape(tape, { output: sum(square(weight)) });
    expect(output).toBe(steps.length - 1);
    expect(steps[0]).toMatchObject({ name: 'weight', cotangent: { numbers: [2, 4] } });
  });

  test('goes on behind the output', () => {
    using tape = new Tape();
    const x = tape.watch(float64(1), 'x');
    const y = exp(x);
    log(y);
    const { steps, output } = describeTape(tape, { output: y });
    expect([output, steps.length, steps[2].cotangent]).toEqual([1, 3, null]);
  });
});

test('it outlives the tape and can be sent to another thread', () => {
  const tape = new Tape();
  const description = describeTape(tape, { output: usedTwice(tape) });
  const copy = structuredClone(description);
  tape.release();
  expect(copy).toEqual(description);
  expect(description.steps[5].value.numbers).toEqual([104]);
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
});

test('only so many numbers are kept; the smallest and largest are those of all', () => {
  using tape = new Tape();
  tape.watch(float64([3, -7, 9, 0]), 'x');
  expect(describeTape(tape, { limit: 2 }).steps[0].value).toEqual({
    shape: [4],
    dtype: 'float64',
    size: 4,
    numbers: [3, -7],
    smallest: -7,
    largest: 9,
  });
  expect(describeTape(tape, { limit: Infinity }).steps[0].value.numbers.length).toBe(4);
});

test('the way back to what is named alone', () => {
  using tape = new Tape();
  const [a, b] = [tape.watch(float64(1), 'a'), tape.watch(float64(2), 'b')];
  const output = multiply(exp(a), exp(b));
  const { steps } = describeTape(tape, { output, withRespectTo: [b] });
  expect(steps.map(({ cotangent }) => cotangent !== null)).toEqual([false, true, false, true, true]);
  expect(steps[4].passed.map(({ input }) => input)).toEqual(['y']);
});

describe('errors', () => {
  const message = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test.each([0, -1, 1.5, Number.NaN])('a limit of %s', (limit) => {
    using tape = new Tape();
    const error = message(() => describeTape(tape, { limit }));
    expect(error).toBeInstanceOf(ValueError);
    expect(String(error)).toBe(
      `ValueError: describeTape: limit is ${limit}; wanted a whole number of at least 1, or Infinity. It says how many numbers of each tensor are kept.`,
    );
  });

  test('options without an output', () => {
    using tape = new Tape();
    expect(String(message(() => describeTape(tape, { withRespectTo: [] })))).toBe(
      'ValueError: describeTape: withRespectTo without an output; wanted an output to walk back from. Pass the loss: `describeTape(tape, { output: loss })`.',
    );
  });

  test('a tape that has ended', () => {
    const tape = new Tape();
    const output = exp(tape.watch(1));
    tape.release();
    for (const options of [{}, { output }]) {
      const error = message(() => describeTape(tape, options));
      expect(error).toBeInstanceOf(TapeError);
      expect(String(error)).toBe(
        'TapeError: describeTape: a tape that has ended; wanted a tape that still runs. Describe it before the end of its `using` block: the description outlives it.',
      );
    }
  });

  test('a parameter that was changed, with an output and without', () => {
    using tape = new Tape();
    const weight = new Parameter('weight', float64([1, 2]));
    const output = sum(multiply(tape.constant(float64([1, 1])), weight));
    weight.update((numbers) => numbers.fill(3));
    for (const options of [{}, { output }]) {
      const error = message(() => describeTape(tape, options));
      expect(error).toBeInstanceOf(TapeError);
      expect(String(error)).toContain('the parameter weight was changed after the tape had seen it');
    }
  });

  test('an output of several numbers, and a cotangent that does not fit', () => {
    using tape = new Tape();
    const output = exp(tape.watch(float64([1, 2])));
    expect(() => describeTape(tape, { output })).toThrow(ShapeError);
    expect(() => describeTape(tape, { output, cotangent: float64([1, 2, 3]) })).toThrow(ShapeError);
  });

  test('NaN, where it is not wanted', () => {
    using tape = new Tape();
    const output = notANumber(tape);
    expect(() => describeTape(tape, { output, nonFinite: 'throw' })).toThrow(NonFiniteError);
    expect(describeTape(tape, { output }).steps[0].cotangent?.numbers).toEqual([Number.NaN, 0, 0]);
  });
});
