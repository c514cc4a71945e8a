import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from './address.ts';
import { choiceField, choicesField, flagField, numberField, numbersField, readFields, writeFields } from './fields.ts';

const fields = {
  logits: numbersField([3, 1, -3], { from: -1000, to: 1000, atLeast: 2, atMost: 4 }),
  target: numberField(0, { from: 0, to: 3, isWhole: true }),
  smoothing: numberField(0, { from: 0, to: 1 }),
  reduction: choiceField('mean', ['mean', 'sum', 'none']),
  isPlaying: flagField(false),
  shown: choicesField(['l1'], ['l2', 'l1', 'huber']),
};

const initial = { logits: [3, 1, -3], target: 0, smoothing: 0, reduction: 'mean', isPlaying: false, shown: ['l1'] };
const read = (text: string) => readFields(fields, readAddress(text).state);

describe('the state in the address', () => {
  test('what is not said is as it was at the beginning', () => {
    expect(read('#steps')).toEqual(initial);
    expect(writeFields(fields, read(''))).toEqual({});
  });

  test('what is said is read, and written again as it stood', () => {
    const hash = '#steps?logits=1,-2.5,1e-7&target=2&smoothing=0.1&reduction=sum&isPlaying=1&shown=l2,huber';
    expect(read(hash)).toEqual({
      logits: [1, -2.5, 1e-7],
      target: 2,
      smoothing: 0.1,
      reduction: 'sum',
      isPlaying: true,
      shown: ['l2', 'huber'],
    });
    expect(writeAddress('steps', writeFields(fields, read(hash)))).toBe(hash);
  });

  test.each([
    ['logits=1', 'too few'],
    ['logits=1,2,3,4,5', 'too many'],
    ['logits=1,x', 'no number'],
    ['logits=1,NaN', 'NaN'],
    ['logits=Infinity,1', 'infinite'],
    ['logits=0x10,1', 'another notation'],
    ['target=1.5', 'no whole number'],
    ['reduction=constructor', 'no such choice'],
    ['isPlaying=yes', 'neither 0 nor 1'],
    ['shown=l1,constructor', 'one that is no choice'],
  ])('%s (%s) counts as not said', (state) => {
    expect(read(`#steps?${state}`)).toEqual(initial);
  });

  test('of a list of words none may be said, and all in any order', () => {
    expect(read('#steps?shown=').shown).toEqual([]);
    expect(read('#steps?shown=huber,l1,l2').shown).toEqual(['l2', 'l1', 'huber']);
  });

  test('what lies beyond a range is brought to its end', () => {
    expect(read('#steps?smoothing=7&target=99')).toMatchObject({ smoothing: 1, target: 3 });
  });

  test('any address gives values of the fields, and no prototype is touched', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.tuple(fc.constantFrom('logits', 'target', '__proto__', 'reduction', 'smoothing'), fc.string()))
        .map((pairs) => `#steps?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`),
    );
    fc.assert(
      fc.property(text, (hash) => {
        const values = read(hash);
        expect(values.logits.length).toBeGreaterThanOrEqual(2);
        expect(values.logits.every((logit) => Math.abs(logit) <= 1000)).toBe(true);
        expect([0, 1, 2, 3]).toContain(values.target);
        expect(['mean', 'sum', 'none']).toContain(values.reduction);
        expect(Object.keys({})).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever the values are, they come back from the address', () => {
    const values = fc.record({
      logits: fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 2, maxLength: 4 }),
      target: fc.integer({ min: 0, max: 3 }),
      smoothing: fc.double({ min: 0, max: 1, noNaN: true }),
      reduction: fc.constantFrom('mean' as const, 'sum' as const, 'none' as const),
      isPlaying: fc.boolean(),
      shown: fc.subarray(['l2' as const, 'l1' as const, 'huber' as const]),
    });
    fc.assert(
      fc.property(values, (values) => {
        const there = read(writeAddress('steps', writeFields(fields, values)));
        // An address has no −0.
        expect(there).toEqual({ ...values, logits: values.logits.map((x) => x + 0), smoothing: values.smoothing + 0 });
      }),
    );
  });
});
