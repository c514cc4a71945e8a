import { afterAll, describe, expect, test } from 'vitest';
import type { Block } from './heap.ts';
import * as kernels from './kernels.ts';
import { configureEngine, machine } from './machine.ts';
import type { Machine } from './state.ts';

configureEngine({ engine: 'relaxed', threads: 2 });
const { heap } = machine() as Machine;
const held: Block[] = [];
afterAll(() => {
  for (const block of held) heap.give(block, heap.work);
  configureEngine({ threads: 1 });
});

const waves = (length: number, step: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(1 + at * step));

/** A copy of the numbers in the engine's memory. */
function inside(numbers: Float32Array): Float32Array {
  const block = heap.take(numbers.byteLength, heap.work);
  held.push(block);
  const array = heap.floats(block, numbers.length);
  array.set(numbers);
  return array;
}

/** What a few kernels of each kind compute, with their arrays where `put` moves them. */
function results(put: (numbers: Float32Array) => Float32Array): Float32Array[] {
  const images = put(waves(8 * 3 * 12 * 12, 0.7));
  const filters = put(waves(6 * 3 * 3 * 3, 1.3));
  const [maps, pooled] = [put(new Float32Array(8 * 6 * 10 * 10)), put(new Float32Array(8 * 6 * 5 * 5))];
  const sizes = [8, 3, 12, 12, 6, 10, 10, 3, 3, 1, 1, 0, 0, 1, 1, 1] as const;
  kernels.conv2dRelu(images, filters, null, maps, ...sizes);
  const chosen = new Int32Array(pooled.length);
  kernels.maxPool2d(maps, pooled, chosen, 48, 10, 10, 5, 5, 2, 2, 2, 2, 0, 0, 1, 1);
  const [weights, back] = [put(new Float32Array(filters.length)), put(new Float32Array(images.length))];
  kernels.conv2dFilterGradientChosen(images, pooled, chosen, weights, 25, ...sizes);
  kernels.conv2dInputGradient(maps, filters, back, ...sizes);
  const product = put(new Float32Array(40 * 40));
  kernels.matmul(pooled, pooled, product, 1, 40, 30, 40, [0, 30, 1], [0, 1, 30]);
  const [rows, wide] = [put(new Float32Array(40)), put(new Float32Array(40 * 40))];
  kernels.sum(product, rows, 40, 40, 1);
  kernels.softmax(product, wide, 40, 40, 1);
  return [maps, pooled, weights, back, product, rows, wide].map((array) => array.slice());
}

describe('results do not depend on where arrays lie', () => {
  const expected = results(inside);

  test('outside of the engine they are copied in and out', () => {
    expect(results((numbers) => numbers.slice())).toEqual(expected);
  });

  test('nor on whether some are inside and some are not', () => {
    let count = 0;
    expect(results((numbers) => (count++ % 2 === 0 ? inside(numbers) : numbers.slice()))).toEqual(expected);
  });

  test('beyond 2 GiB, where addresses no longer fit into a signed number', () => {
    // Nobody writes to it, so that it costs no memory.
    held.push(heap.take(2 ** 31 + 2 ** 20, heap.work));
    const beyond = (numbers: Float32Array): Float32Array => {
      for (;;) {
        const array = inside(numbers);
        if (array.byteOffset > 2 ** 31) return array;
      }
    };
    expect(results(beyond)).toEqual(expected);
  });

  test('what was borrowed for copies is given back', () => {
    const before = heap.work.bytes;
    results((numbers) => numbers.slice());
    expect(heap.work.bytes).toBe(before);
  });
});
