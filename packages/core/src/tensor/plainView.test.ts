import ndarray, { type NdArray } from 'ndarray';
import { describe, expect, test } from 'vitest';
import { PlainView } from './plainView.ts';

const data = Float32Array.from({ length: 24 }, (_, index) => index);

/** All that can be seen of a view. */
function seen(view: NdArray<Float32Array>) {
  const { shape, stride, offset, dtype, size, dimension } = view;
  const numbers: number[] = [];
  const read = (indices: number[]): void => {
    if (indices.length === dimension) numbers.push(view.get(...indices), view.index(...indices));
    else for (let index = 0; index < shape[indices.length]; index++) read([...indices, index]);
  };
  read([]);
  return { shape, stride, offset, dtype, size, dimension, numbers, data: view.data, order: view.order };
}

describe('a view made without ndarray', () => {
  const shapes: [shape: number[], stride: number[], offset: number][] = [
    [[2, 3, 4], [12, 4, 1], 0],
    [[4, 3], [-1, 8], 7],
    [[5], [-2], 20],
    [[2, 1, 3, 2], [1, 5, 2, 12], 1],
    [[2, 0], [1, 1], 0],
  ];

  test.each(shapes)('of shape %j by strides %j looks like one made with it', (shape, stride, offset) => {
    const theirs = ndarray(data, shape, stride, offset);
    const own = new PlainView(data, shape, stride, offset);
    expect(seen(own)).toEqual(seen(theirs));
    const reversed = shape.map((_, axis) => shape.length - 1 - axis);
    for (const change of [
      (view: NdArray<Float32Array>) => view.lo(1),
      (view: NdArray<Float32Array>) => view.hi(1, 2),
      (view: NdArray<Float32Array>) => view.step(-1),
      (view: NdArray<Float32Array>) => view.step(2).step(-2),
      (view: NdArray<Float32Array>) => view.transpose(...reversed),
      (view: NdArray<Float32Array>) => view.pick(null, 0),
    ]) {
      if (shape.length === 1 && `${change}`.includes('pick')) continue;
      expect(seen(change(own)), `${change}`).toEqual(seen(change(theirs)));
    }
    expect(seen(own.T)).toEqual(seen(own.transpose(...reversed)));
  });

  test('writes through to its data, whatever kind that is', () => {
    const list = [1, 2, 3, 4];
    new PlainView(list, [2, 2], [2, 1], 0).set(1, 0, 9);
    expect(list).toEqual([1, 2, 9, 4]);
    const cells = new Map<number, number>();
    const accessors = {
      length: 2,
      get: (at: number) => cells.get(at) ?? 0,
      set: (at: number, x: number) => cells.set(at, x),
    };
    const view = new PlainView(accessors as never, [2], [1], 0) as NdArray;
    view.set(1, 5);
    expect([view.get(0), view.get(1), view.dtype]).toEqual([0, 5, 'generic']);
    expect(new PlainView(new Uint8ClampedArray(1), [], [], 0).dtype).toBe('uint8_clamped');
    expect(new PlainView([1], [], [], 0)).toMatchObject({ dtype: 'array', size: 1, order: [] });
  });
});
