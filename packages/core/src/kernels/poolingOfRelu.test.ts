import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexOf, nothing } from './chosenIndex.ts';
import { relu, reluGradient } from './elementwise.ts';
import { maxPool2d, type PoolingSizes, putChosen } from './pooling.ts';
import { maxPool2dOfRelu, putOpen } from './poolingOfRelu.ts';

/** Windows of all kinds over two planes, and numbers among which ties, zeros and NaN are frequent. */
const cases = fc
  .record({
    length: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    padding: fc.tuple(fc.nat(2), fc.nat(2)),
    dilation: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    numbers: fc.array(fc.constantFrom(-2, -1, -0, 0, 1, 2, Number.NaN, Infinity, -Infinity), {
      minLength: 98,
      maxLength: 98,
    }),
  })
  .map(({ length, kernel, stride, padding, dilation, numbers }) => {
    const [outHeight, outWidth] = [0, 1].map((axis) => {
      const seen = length[axis] + 2 * padding[axis] - (kernel[axis] - 1) * dilation[axis] - 1;
      return Math.max(0, Math.floor(seen / stride[axis]) + 1);
    });
    const sizes: PoolingSizes = [2, ...length, outHeight, outWidth, ...kernel, ...stride, ...padding, ...dilation];
    return { sizes, x: Float32Array.from(numbers.slice(0, 2 * length[0] * length[1])) };
  });

test('maxPool2dOfRelu is maxPool2d after relu, and putOpen flows back through both', () => {
  fc.assert(
    fc.property(cases, ({ sizes, x }) => {
      const [planes, height, width, outHeight, outWidth] = sizes;
      const [pixels, planeSize] = [outHeight * outWidth, height * width];
      const [y, wanted] = Array.from({ length: 2 }, () => new Float32Array(planes * pixels));
      const [chosen, chosenOfRelu] = [new Int32Array(planes * pixels), new Int32Array(planes * pixels)];
      const opened = x.slice();
      relu(x, opened, x.length);
      maxPool2d(opened, wanted, chosen, ...sizes);
      maxPool2dOfRelu(x, y, chosenOfRelu, ...sizes);
      expect(y).toEqual(wanted);
      expect(chosenOfRelu.map((c) => (c === nothing ? c : indexOf(c)))).toEqual(chosen);
      const g = y.map((_, at) => at + 1);
      const [ofPooling, ofBoth, atOnce] = [x.slice(), x.slice(), x.slice()];
      putChosen(g, chosenOfRelu, ofPooling, planes, planeSize, pixels);
      reluGradient(x, ofPooling, ofBoth, x.length);
      putOpen(g, chosenOfRelu, atOnce, planes, planeSize, pixels);
      expect(atOnce).toEqual(ofBoth);
    }),
  );
});

test('a relu that is shut under all of a window is said to be so at its first index', () => {
  const [y, chosen] = [new Float32Array(5), new Int32Array(5)];
  const x = Float32Array.of(-2, -1, 0, -0, 3, 3, Number.NaN, 1, -1, -Infinity);
  maxPool2dOfRelu(x, y, chosen, 1, 1, 10, 1, 5, 1, 2, 1, 2, 0, 0, 1, 1);
  expect([...y]).toEqual([0, 0, 3, Number.NaN, 0]);
  expect([...chosen]).toEqual([-2, -4, 4, -8, -10]);
});
