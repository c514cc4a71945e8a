import { expect, test } from 'vitest';
import { SmallNet } from '../../test/net.ts';
import { add, clamp, exp, multiply, pad, Tape, transpose } from '../index.ts';

test('a small net, as a program', () => {
  using tape = new Tape();
  new SmallNet().loss(tape);
  expect(`\n${tape}`).toMatchInlineSnapshot(`
    "
    %0 [2, 1, 6, 6] constant images
    %1 [2, 1, 3, 3] parameter conv1.weight
    %2 [2, 2, 6, 6] conv2d(x: %0, weight: %1) stride=1 padding="same" dilation=1 groups=1
    %3 [2, 2, 6, 6] relu(x: %2)
    %4 [2, 2, 3, 3] parameter conv2.weight
    %5 [2, 2, 6, 6] conv2d(x: %3, weight: %4) stride=1 padding=1 dilation=1 groups=1
    %6 [2, 2, 3, 3] maxPool2d(x: %5) kernelSize=2
    %7 [2, 18] reshape(x: %6) shape=[2,18]
    %8 [3, 18] parameter dense.weight
    %9 [3] parameter dense.bias
    %10 [2, 3] linear(x: %7, weight: %8, bias: %9)
    %11 [2, 3] constant
    %12 [2] softmaxCrossEntropy(logits: %10, target: %11) axis=1
    %13 [] sum(x: %12) axes=[0] keepDims=false
    %14 [] constant 2
    %15 [] divide(x: %13, y: %14)"
  `);
});

test('numbers and options, infinite ones among them', () => {
  using tape = new Tape();
  const x = tape.watch([[1, 2]], 'x');
  transpose(
    pad(
      clamp(add(multiply(x, 2), tape.constant(1.5, 'shift')), { min: 0 }),
      [
        [0, 0],
        [1, 0],
      ],
      { value: -Infinity },
    ),
  );
  expect(`\n${tape}`).toMatchInlineSnapshot(`
    "
    %0 [1, 2] watched x
    %1 [] constant 2
    %2 [1, 2] multiply(x: %0, y: %1)
    %3 [] constant 1.5 shift
    %4 [1, 2] add(x: %2, y: %3)
    %5 [1, 2] clamp(x: %4) min=0 max=Infinity
    %6 [1, 3] embed(x: %5) shape=[1,3] starts=[0,1] steps=[1,1] value=-Infinity
    %7 [3, 1] transpose(x: %6) order=[1,0]"
  `);
});

test('the walk back, where it is written down', () => {
  using tape = new Tape();
  const x = tape.watch(1, 'x');
  tape.gradients(multiply(x, exp(x)), { differentiable: true });
  expect(`\n${tape}`).toMatchInlineSnapshot(`
    "
    %0 [] watched x
    %1 [] exp(x: %0)
    %2 [] multiply(x: %0, y: %1)
    %3 [] constant 1
    %4 [] multiply(x: %3, y: %1)
    %5 [] multiply(x: %3, y: %0)
    %6 [] multiply(x: %5, y: %1)
    %7 [] accumulate(a: %4, b: %6)"
  `);
});

test('nothing, and nothing any more', () => {
  const tape = new Tape();
  expect(`${tape}`).toBe('');
  tape.release();
  expect(`${tape}`).toBe('a tape that has ended');
});
