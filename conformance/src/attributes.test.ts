import { describe, expect, it } from 'vitest';
import { Attributes } from './attributes.ts';

describe('Attributes', () => {
  it('reports options that nobody asked for', () => {
    const attributes = new Attributes({ stride: [2, 2], groups: 3, mode: 'reflect' });
    attributes.wholes('stride');
    expect(() => attributes.checkAllRead()).toThrow('option groups = 3, mode = "reflect"');
    attributes.informational('groups', 'mode');
    expect(() => attributes.checkAllRead()).not.toThrow();
  });

  it('reads numbers that JSON cannot write, lists of one, and flags as 0 and 1', () => {
    const attributes = new Attributes({ norm: 'Infinity', axis: 2, keepdims: 0, min: null });
    expect(attributes.number('norm')).toBe(Number.POSITIVE_INFINITY);
    expect(attributes.wholes('axis')).toEqual([2]);
    expect(attributes.flag('keepdims', true)).toBe(false);
    expect(attributes.number('min')).toBeUndefined();
  });

  it('says what is wrong with a value', () => {
    const attributes = new Attributes({ delta: 'wide', axis: [0.5], reduction: 'batchmean' });
    expect(() => attributes.number('delta')).toThrow('delta is "wide", not a number');
    expect(() => attributes.wholes('axis')).toThrow('axis is [0.5], not whole numbers');
    expect(() => attributes.choice('reduction', ['mean', 'sum'], 'mean')).toThrow('option reduction = "batchmean"');
  });
});
