import { multiply, Tape, tensor } from '@tapegrad/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptions } from '../../test/arbitrary.ts';
import { crossEntropy, described, notANumber, TinyNet, usedTwice } from '../../test/tapes.ts';
import { describeTape } from '../description/describeTape.ts';
import { toText } from './text.ts';

test('a value used twice, and one that is broadcast', () => {
  expect(`\n${toText(described(usedTwice))}`).toMatchInlineSnapshot(`
    "
    %0 [2, 2] watched x
       value      [[1, 2], [3, 4]]
       cotangent  [[2.5, 13], [26.5, 49]]
               =  [[0.5, 5], [8.5, 17]]  from %4, its y
               +  [[1, 4], [9, 16]]      from %2, its x
               +  [[1, 4], [9, 16]]      from %2, its y
    %1 [2] watched b
       value      [0.5, -1]
       cotangent  [-4, -6]  from %3, its y
    %2 [2, 2] multiply(x: %0, y: %0)
       value      [[1, 4], [9, 16]]
       cotangent  [[1, 2], [3, 4]]   from %3, its x
       passes     [[1, 4], [9, 16]]  to %0, its x
                  [[1, 4], [9, 16]]  to %0, its y
    %3 [2, 2] subtract(x: %2, y: %1)
       value      [[0.5, 5], [8.5, 17]]
       cotangent  [[1, 2], [3, 4]]  from %4, its x
       passes     [[1, 2], [3, 4]]  to %2, its x
                  [-4, -6]          to %1, its y
    %4 [2, 2] multiply(x: %3, y: %0)
       value      [[0.5, 10], [25.5, 68]]
       cotangent  [[1, 1], [1, 1]]       from %5, its x
       passes     [[1, 2], [3, 4]]       to %3, its x
                  [[0.5, 5], [8.5, 17]]  to %0, its y
    %5 [] sum(x: %4) axes=[0,1] keepDims=false
       value      104
       cotangent  1                 the walk back begins here
       passes     [[1, 1], [1, 1]]  to %4, its x"
  `);
});

test('cross-entropy', () => {
  expect(`\n${toText(described(crossEntropy))}`).toMatchInlineSnapshot(`
    "
    %0 [2, 3] watched logits
       value      [[3, 1, -3], [0, 0, 0]]
       cotangent  [[-0.060561, 0.059472, 0.0010893], [0.16667, 0.16667, -0.33333]]  from %2, its logits
    %1 [2, 3] constant
       value      [[1, 0, 0], [0, 0, 1]]
    %2 [2] softmaxCrossEntropy(logits: %0, target: %1) axis=1
       value      [0.12911, 1.0986]
       cotangent  [0.5, 0.5]                                                        from %3, its x
       passes     [[-0.060561, 0.059472, 0.0010893], [0.16667, 0.16667, -0.33333]]  to %0, its logits
    %3 [] sum(x: %2) axes=[0] keepDims=false
       value      1.2277
       cotangent  0.5         from %5, its x
       passes     [0.5, 0.5]  to %2, its x
    %4 [] constant 2
       value      2
    %5 [] divide(x: %3, y: %4)
       value      0.61386
       cotangent  1    the walk back begins here
       passes     0.5  to %3, its x"
  `);
});

test('a small CNN, in layers', () => {
  expect(`\n${toText(described((tape) => new TinyNet().loss(tape)))}`).toMatchInlineSnapshot(`
    "
    %0 [2, 1, 4, 4] constant images
       value      [[[[0.53664, 0.43176, -0.32249, 0.33532], [-0.90983, …], …]], …]  (32 numbers, -0.90983 to 0.93694)
    %1 [2, 1, 3, 3] parameter conv.weight   in conv
       value      [[[[-0.81686, 0.77639, -0.13146], …]], …]  (18 numbers, -0.81686 to 0.90017)
       cotangent  [[[[-0.14665, -0.47038, -0.29421], …]], …]  (18 numbers, -0.96198 to 0.84849)  from %2, its weight
    %2 [2, 2, 4, 4] conv2d(x: %0, weight: %1) stride=1 padding="same" dilation=1 groups=1   in conv
       value      [[[[-0.12868, -0.8774, -0.10646, -0.74874], …], …], …]  (64 numbers, -1.523 to 1.514)
       cotangent  [[[[0, 0, 0, 0], [-0.60543, 0, …], …], …], …]  (64 numbers, -0.65138 to 0.77024)  from %3, its x
       passes     [[[[-0.14665, -0.47038, -0.29421], …]], …]  (18 numbers, -0.96198 to 0.84849)     to %1, its weight
    %3 [2, 2, 4, 4] relu(x: %2)   in pool
       value      [[[[0, 0, 0, 0], [0.34612, 0, 0.6944, 0.17448], …], …], …]  (64 numbers, 0 to 1.514)
       cotangent  [[[[0, 0, 0, 0], [-0.60543, 0, …], …], …], …]  (64 numbers, -0.65138 to 0.77024)  from %4, its x
       passes     [[[[0, 0, 0, 0], [-0.60543, 0, …], …], …], …]  (64 numbers, -0.65138 to 0.77024)  to %2, its x
    %4 [2, 2, 2, 2] maxPool2d(x: %3) kernelSize=2   in pool
       value      [[[[0.34612, 0.6944], [0.94137, 0.93031]], …], …]  (16 numbers, 0.1522 to 1.514)
       cotangent  [[[[-0.60543, -0.021982], [0.49304, 0.36922]], …], …]  (16 numbers, -0.65138 to 0.77024)  from %5, its x
       passes     [[[[0, 0, 0, 0], [-0.60543, 0, …], …], …], …]  (64 numbers, -0.65138 to 0.77024)          to %3, its x
    %5 [2, 8] reshape(x: %4) shape=[2,8]   in dense
       value      [[0.34612, 0.6944, 0.94137, 0.93031, 0.46089, …], …]  (16 numbers, 0.1522 to 1.514)
       cotangent  [[-0.60543, -0.021982, 0.49304, 0.36922, …], …]  (16 numbers, -0.65138 to 0.77024)        from %8, its x
       passes     [[[[-0.60543, -0.021982], [0.49304, 0.36922]], …], …]  (16 numbers, -0.65138 to 0.77024)  to %4, its x
    %6 [3, 8] parameter dense.weight   in dense
       value      [[0.97419, -0.3891, -0.19689, -0.49894, …], …]  (24 numbers, -0.93237 to 0.9796)
       cotangent  [[-0.061159, -0.26908, -0.33949, -0.39843, …], …]  (24 numbers, -0.41527 to 0.37357)  from %8, its weight
    %7 [3] parameter dense.bias   in dense
       value      [-0.1201, -0.088473, 0.028999]
       cotangent  [-0.39094, 0.034768, 0.35617]  from %8, its bias
    %8 [2, 3] linear(x: %5, weight: %6, bias: %7)   in dense
       value      [[-1.3224, -1.6463, 1.0716], [-0.44476, -2.856, 1.3621]]
       cotangent  [[-0.46057, 0.028522, 0.43205], [0.069631, 0.0062465, -0.075877]]                     from %10, its logits
       passes     [[-0.60543, -0.021982, 0.49304, 0.36922, …], …]  (16 numbers, -0.65138 to 0.77024)    to %5, its x
                  [[-0.061159, -0.26908, -0.33949, -0.39843, …], …]  (24 numbers, -0.41527 to 0.37357)  to %6, its weight
                  [-0.39094, 0.034768, 0.35617]                                                         to %7, its bias
    %9 [2, 3] constant
       value      [[1, 0, 0], [0, 0, 1]]
    %10 [2] softmaxCrossEntropy(logits: %8, target: %9) axis=1
       value      [2.5401, 0.16459]
       cotangent  [0.5, 0.5]                                                         from %11, its x
       passes     [[-0.46057, 0.028522, 0.43205], [0.069631, 0.0062465, -0.075877]]  to %8, its logits
    %11 [] sum(x: %10) axes=[0] keepDims=false
       value      2.7046
       cotangent  0.5         from %13, its x
       passes     [0.5, 0.5]  to %10, its x
    %12 [] constant 2
       value      2
    %13 [] divide(x: %11, y: %12)
       value      1.3523
       cotangent  1    the walk back begins here
       passes     0.5  to %11, its x"
  `);
});

test('where a NaN comes from, and where it goes', () => {
  expect(`\n${toText(described(notANumber))}`).toMatchInlineSnapshot(`
    "
    %0 [3] watched x
       value      [0, 1, 2]
       cotangent  [NaN, 0, 0]
               =  [NaN, 1, 0.5]    from %1, its x
               +  [NaN, -1, -0.5]  from %1, its y
    %1 [3] divide(x: %0, y: %0)
       value      [NaN, 1, 1]
       cotangent  [NaN, 1, 1]      from %2, its x
       passes     [NaN, 1, 0.5]    to %0, its x
                  [NaN, -1, -0.5]  to %0, its y
    %2 [3] log(x: %1)
       value      [NaN, 0, 0]
       cotangent  [1, 1, 1]    from %3, its x
       passes     [NaN, 1, 1]  to %1, its x
    %3 [] sum(x: %2) axes=[0] keepDims=false
       value      NaN
       cotangent  1          the walk back begins here
       passes     [1, 1, 1]  to %2, its x"
  `);
});

test('the recording alone, and nothing', () => {
  using tape = new Tape();
  expect(toText(describeTape(tape))).toBe('');
  multiply(tape.watch(tensor([1, 2]), 'x'), 0.5);
  expect(`\n${toText(describeTape(tape))}`).toMatchInlineSnapshot(`
    "
    %0 [2] watched x
       value      [1, 2]
    %1 [] constant 0.5
       value      0.5
    %2 [2] multiply(x: %0, y: %1)
       value      [0.5, 1]"
  `);
});

test('a parameter that nothing arrives at', () => {
  using tape = new Tape();
  tape.watch(1, 'idle');
  const output = multiply(tape.watch(2, 'busy'), 3);
  expect(toText(describeTape(tape, { output })).split('\n').slice(0, 3)).toEqual([
    '%0 [] watched idle',
    '   value      1',
    '   cotangent  none arrives',
  ]);
});

test('without numbers it is what core prints', () => {
  using tape = new Tape();
  const output = new TinyNet().loss(tape);
  expect(toText(describeTape(tape, { output }), { numbers: false })).toBe(String(tape));
});

test('for 120 columns, one row a step, whatever names there are', () => {
  fc.assert(
    fc.property(descriptions(), (description) => {
      const lines = toText(description).split('\n');
      const rows = lines.filter((line) => line.startsWith('%'));
      expect(rows.map((row) => Number.parseInt(row.slice(1), 10))).toEqual(description.steps.map(({ index }) => index));
      for (const line of lines.filter((line) => line.startsWith(' '))) expect(line.length).toBeLessThanOrEqual(120);
    }),
  );
});
