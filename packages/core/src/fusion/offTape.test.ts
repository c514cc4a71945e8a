import { afterEach, expect, test } from 'vitest';
import { uniform } from '../../test/numbers.ts';
import { configureEngine, maxPool2d, profileOperations, relu, Tape, type Tensor, tensor } from '../index.ts';
import { offTape } from './offTape.ts';

/* The memory that it gives back, and what a model keeps of it: sequential.offTape.test.ts of nn. */

afterEach(() => configureEngine({ fusion: true }));

const images = tensor(uniform([1, 2, 4, 4]), { dtype: 'float32' });
const pooled = (x: Tensor): Tensor => maxPool2d(relu(x), { kernelSize: 2 });

test('computes together what a tape would, to the bits of the ops one after the other', () => {
  const stop = profileOperations();
  const y = offTape(images, pooled);
  expect(stop().operations.map(({ operation }) => operation)).toEqual(['relu, maxPool2d']);
  expect(y.tape).toBeNull();
  expect(y.toList()).toEqual(pooled(images).toList());
  configureEngine({ fusion: false });
  const again = profileOperations();
  expect(offTape(images, pooled).toList()).toEqual(y.toList());
  expect(
    again()
      .operations.map(({ operation }) => operation)
      .sort(),
  ).toEqual(['maxPool2d', 'relu']);
});

test('gives back what it was given, where nothing was done to it', () => {
  expect(offTape(images, (x) => x)).toBe(images);
});

test('just calls what is to be done, where x stands on a tape', () => {
  using tape = new Tape();
  const x = tape.watch(images);
  const y = offTape(x, pooled);
  expect(y.tape).toBe(tape);
  expect(tape.steps.map(({ operation }) => operation)).toEqual(['watched', 'relu', 'maxPool2d']);
});
