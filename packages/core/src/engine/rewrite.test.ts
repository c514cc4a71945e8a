import { expect, test } from 'vitest';
import { binary, unpacker } from './binary.ts';
import { unpack } from './packing/unpack.ts';
import { adapt } from './rewrite.ts';
import { hasRelaxedSimd } from './support.ts';

const bytes = unpack(binary, unpacker);

/** How often a run of bytes occurs. */
function count(haystack: Uint8Array, needle: readonly number[]): number {
  let found = 0;
  for (let at = 0; at + needle.length <= haystack.length; at++) {
    if (needle.every((byte, offset) => haystack[at + offset] === byte)) found++;
  }
  return found;
}

const relaxedMultiplyAdd = [0xfd, 0x85, 0x02];

test('nothing is changed where nothing is missing', () => {
  expect(adapt(bytes, { shared: true, relaxed: true })).toEqual(bytes);
});

test('without relaxed SIMD no relaxed instruction is left, and the binary is valid', () => {
  expect(count(bytes, relaxedMultiplyAdd)).toBeGreaterThan(50);
  const adapted = adapt(bytes, { shared: true, relaxed: false });
  expect(count(adapted, relaxedMultiplyAdd)).toBe(0);
  expect(WebAssembly.validate(adapted)).toBe(true);
});

test.each(hasRelaxedSimd() ? [true, false] : [false])(
  'without shared memory it runs on a plain one; relaxed: %s',
  (relaxed) => {
    const adapted = adapt(bytes, { shared: false, relaxed });
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(adapted), { env: { memory, lanes: 128 } });
    const add = exports.add as (...numbers: number[]) => void;
    new Float32Array(memory.buffer, 70_000, 5).set([1, 2, 3, 4, 5]);
    add(70_000, 70_000, 70_100, 0, 5);
    expect([...new Float32Array(memory.buffer, 70_100, 5)]).toEqual([2, 4, 6, 8, 10]);
  },
);

test('an instruction that is not known is an error, not a broken kernel', () => {
  // A module with one function whose body is `atomic.fence`.
  const fence = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 7, 1, 5, 0, 0xfe, 3, 0, 11];
  expect(() => adapt(Uint8Array.from(fence), { shared: true, relaxed: false })).toThrow('not known here');
});
