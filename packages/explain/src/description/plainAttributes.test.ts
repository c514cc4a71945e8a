import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepestAttribute, plainAttributes } from './plainAttributes.ts';

test('data stays what it is', () => {
  const options = { axes: [0, 1], padding: 'same', value: -Infinity, ranges: [null, [1, -1]], keepDims: false };
  expect(plainAttributes(options)).toEqual(options);
});

test('what is no data becomes data', () => {
  function activation() {}
  class Custom {
    toString() {
      return 'custom';
    }
  }
  expect(
    plainAttributes({
      missing: undefined,
      inside: [undefined, 1],
      typed: Float32Array.of(0.5, Number.NaN),
      many: 12n,
      activation,
      custom: new Custom(),
      sign: Symbol('s'),
    }),
  ).toEqual({
    inside: [null, 1],
    typed: [0.5, Number.NaN],
    many: '12',
    activation: 'function activation',
    custom: 'custom',
    sign: 'Symbol(s)',
  });
});

test('a circle ends', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const depth = (value: unknown): number => (Array.isArray(value) ? 1 + depth(value[0]) : 0);
  const { circle: plain } = plainAttributes({ circle });
  expect(depth(plain)).toBe(deepestAttribute - 1);
});

test('no prototype is touched, and anything can be cloned', () => {
  const hostile: object = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
  const plain = plainAttributes({ hostile });
  expect(Object.getPrototypeOf(plain.hostile)).toBe(Object.prototype);
  expect(Object.keys(plain.hostile as object)).toEqual(['__proto__', 'constructor']);
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }), (value) => {
      const plain = plainAttributes({ value });
      expect(structuredClone(plain)).toEqual(plain);
    }),
  );
});
