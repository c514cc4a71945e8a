import { describe, expect, it } from 'vitest';
import { addToRows, greaterShare, reluGradient, within } from './elementwise.ts';

const { NaN: nan } = Number;

/*
 * Most of these kernels are an op's formula, and tested as that op; here are those that stand behind a derivative.
 */

describe('reluGradient', () => {
  it('is g where x > 0, whatever g is, and 0 elsewhere', () => {
    const z = new Float64Array(6);
    reluGradient(new Float64Array([-1, -0, 0, 1, 1e-300, nan]), new Float64Array([5, nan, Infinity, nan, 7, 8]), z, 6);
    expect([...z]).toEqual([0, 0, 0, nan, 7, 0]);
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
