import { describe, expect, it } from 'vitest';
import type { FloatArray } from './dtype.ts';
import * as kernels from './elementwise.ts';

const { addToRows, greaterShare, reluGradient, within } = kernels;
const { NaN: nan } = Number;

/** Pairs of numbers with their ends of the line. */
const x = [-Infinity, -2, -1, -0.5, -0, 0, 0.5, 1, 2, Infinity, nan, 1];
const y = [2, -2, Infinity, 0.5, 0, -0, -Infinity, nan, 2, 0, 1, -3];

type OfOne = (x: FloatArray, y: FloatArray, length: number) => void;
type OfTwo = (x: FloatArray, y: FloatArray, z: FloatArray, length: number) => void;

describe('each number by its formula', () => {
  const ofOne: [OfOne, (x: number) => number][] = [
    [kernels.negate, (x) => -x],
    [kernels.abs, Math.abs],
    [kernels.sign, Math.sign],
    [kernels.sqrt, Math.sqrt],
    [kernels.exp, Math.exp],
    [kernels.log, Math.log],
    [kernels.tanh, Math.tanh],
    [kernels.relu, (x) => (x > 0 || Number.isNaN(x) ? x : 0)],
    [kernels.sigmoid, (x) => 1 / (1 + Math.exp(-x))],
    [(x, y, n) => kernels.clamp(x, y, n, -0.5, 1), (x) => Math.min(1, Math.max(-0.5, x))],
  ];

  it.each(ofOne.map(([kernel, formula]) => ({ kernel, formula })))('$kernel', ({ kernel, formula }) => {
    const got = new Float64Array(x.length);
    kernel(Float64Array.from(x), got, x.length);
    for (const [at, each] of x.entries()) {
      const wanted = formula(each);
      if (Number.isFinite(wanted)) expect(got[at]).toBeCloseTo(wanted, 14);
      else expect(got[at]).toBe(wanted);
    }
  });

  const ofTwo: [OfTwo, (x: number, y: number) => number][] = [
    [kernels.add, (x, y) => x + y],
    [kernels.subtract, (x, y) => x - y],
    [kernels.multiply, (x, y) => x * y],
    [kernels.divide, (x, y) => x / y],
    [kernels.maximum, Math.max],
    [kernels.minimum, Math.min],
    [kernels.equal, (x, y) => Number(x === y)],
    [kernels.greater, (x, y) => Number(x > y)],
    [kernels.greaterOrEqual, (x, y) => Number(x >= y)],
    [(x, y, z, n) => kernels.where(x, y, x, z, n), (x, y) => (x !== 0 ? y : x)],
  ];

  it.each(ofTwo.map(([kernel, formula]) => ({ kernel, formula })))('$kernel of two', ({ kernel, formula }) => {
    const got = new Float64Array(x.length);
    kernel(Float64Array.from(x), Float64Array.from(y), got, x.length);
    expect([...got]).toEqual(x.map((each, at) => formula(each, y[at])));
  });

  it('pow, with 1 where C says so and JavaScript does not', () => {
    const [base, exponent] = [
      [2, 9, -8, -8, 0, 1, 1, -1],
      [3, 0.5, 3, 1 / 3, 0, nan, Infinity, -Infinity],
    ];
    const got = new Float64Array(8);
    kernels.pow(Float64Array.from(base), Float64Array.from(exponent), got, 8);
    expect([...got]).toEqual([8, 3, -512, nan, 1, 1, 1, 1]);
  });
});

describe('reluGradient', () => {
  it('is g where x > 0, whatever g is, and 0 elsewhere', () => {
    const z = new Float64Array(6);
    reluGradient(new Float64Array([-1, -0, 0, 1, 1e-300, nan]), new Float64Array([5, nan, Infinity, nan, 7, 8]), z, 6);
    expect([...z]).toEqual([0, 0, 0, nan, 7, 0]);
  });
});

describe('multiplyCotangent and divideCotangent', () => {
  const g = new Float64Array([0, -0, 0, 0, 2, 2, nan, 0, -3]);
  const y = new Float64Array([Infinity, -Infinity, nan, 0, Infinity, 0, 1, 2, 4]);

  it('are products and quotients, but 0 where a cotangent of 0 would make NaN', () => {
    const z = new Float64Array(9);
    kernels.multiplyCotangent(g, y, z, 9);
    expect([...z]).toEqual([0, 0, 0, 0, Infinity, 0, nan, 0, -12]);
    kernels.divideCotangent(g, y, z, 9);
    expect([...z]).toEqual([0, 0, 0, 0, 0, Infinity, nan, 0, -0.75]);
  });
});

describe('greaterShare', () => {
  it('is 1, ½ or 0, and 0 for NaN', () => {
    const z = new Float64Array(5);
    greaterShare(new Float64Array([2, 1, 0, nan, 1]), new Float64Array([1, 1, 1, 1, nan]), z, 5);
    expect([...z]).toEqual([1, 0.5, 0, 0, 0]);
  });
});

describe('within', () => {
  it('is 1 between the bounds and on them', () => {
    const y = new Float64Array(6);
    within(new Float64Array([-1, -0.5, 0, 0.75, 1, nan]), y, 6, -0.5, 0.75);
    expect([...y]).toEqual([0, 1, 1, 1, 0, 0]);
  });
});

describe('addToRows', () => {
  it('adds one number to each column, row by row', () => {
    const y = new Float32Array([1, 2, 3, 4, 5, 6]);
    addToRows(new Float32Array([10, 20, 30]), y, 2, 3);
    expect([...y]).toEqual([11, 22, 33, 14, 25, 36]);
    addToRows(new Float32Array(0), y, 2, 0);
    expect([...y]).toEqual([11, 22, 33, 14, 25, 36]);
  });
});
