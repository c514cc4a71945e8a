import { tensor } from '@tapegrad/core';
import { ndarrayOf } from '@tapegrad/core/authors';

/** Something of every kind that is given by mistake. */
export const wrongKinds: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a boolean': () => true,
  'a number': () => 3,
  'a bigint': () => 3n,
  'a text': () => 'abc',
  'an object': () => ({}),
  'an empty list': () => [],
  'a list of numbers': () => [1, 2, 3],
  'a list of texts': () => ['a', 'b'],
  'a list of nothing': () => [null, undefined],
  'a list of typed arrays': () => [new Float32Array([1, 2]), new Float32Array([3, 4])],
  'an ndarray': () => ndarrayOf(new Float32Array([1, 2, 3, 4]), [2, 2]),
  'a Float32Array': () => new Float32Array([1, 2, 3]),
  'a Map': () => new Map([['a', 1]]),
  'a function': () => () => 1,
  'a tensor': () =>
    tensor([
      [1, 2],
      [3, 4],
    ]),
};
