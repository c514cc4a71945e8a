import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniform } from '../../test/numbers.ts';
import type { FloatArray } from './dtype.ts';
import { argMax, argMin, gather, putGathered, putTaken, take } from './indexing.ts';

const sizes = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.nat(5), fc.nat(3));
const dot = (a: FloatArray, b: FloatArray): number => [...a].reduce((total, x, at) => total + x * b[at], 0);
const indices = (count: number, length: number, lowest = 0): Int32Array =>
  Int32Array.from({ length: count }, (_, at) => ((at * 7 + 3) % (length - lowest)) + lowest);
const dirty = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

describe('take', () => {
  it('picks slices, and 0 for the index -1', () => {
    const y = dirty(6);
    take(new Float64Array([1, 2, 3, 4, 5, 6]), Int32Array.of(2, -1, 0), y, 1, 3, 3, 2);
    expect([...y]).toEqual([5, 6, 0, 0, 1, 2]);
  });

  it('is the transpose of putTaken: y·take(x) = putTaken(y)·x', () => {
    fc.assert(
      fc.property(sizes, ([outer, length, count, inner]) => {
        const [x, y] = [uniform([outer * length * inner]).data, uniform([outer * count * inner], { seed: 2 }).data];
        const at = indices(count, length, -1);
        const [taken, put] = [dirty(y.length), dirty(x.length)];
        take(x, at, taken, outer, length, count, inner);
        putTaken(y, at, put, outer, length, count, inner);
        expect(dot(y, taken)).toBeCloseTo(dot(put, x), 12);
      }),
    );
  });
});

describe('gather', () => {
  it('looks up each number by itself', () => {
    const y = dirty(4);
    gather(new Float64Array([1, 2, 3, 4, 5, 6]), Int32Array.of(2, 0, 1, 1), y, 1, 3, 2, 2);
    expect([...y]).toEqual([5, 2, 3, 4]);
  });

  it('is the transpose of putGathered: y·gather(x) = putGathered(y)·x', () => {
    fc.assert(
      fc.property(sizes, ([outer, length, count, inner]) => {
        const [x, y] = [uniform([outer * length * inner]).data, uniform([outer * count * inner], { seed: 2 }).data];
        const at = indices(y.length, length);
        const [gathered, put] = [dirty(y.length), dirty(x.length)];
        gather(x, at, gathered, outer, length, count, inner);
        putGathered(y, at, put, outer, length, count, inner);
        expect(dot(y, gathered)).toBeCloseTo(dot(put, x), 12);
      }),
    );
  });
});

describe('argMax and argMin', () => {
  it('run along the middle axis', () => {
    const x = new Float64Array([1, 8, 5, 2, 3, 4, 0, 0, 0, 0, 7, -1]);
    const found = new Int32Array(4);
    argMax(x, found, 2, 3, 2);
    expect([...found]).toEqual([1, 0, 2, 0]);
    argMin(x, found, 2, 3, 2);
    expect([...found]).toEqual([0, 1, 0, 2]);
  });
});
