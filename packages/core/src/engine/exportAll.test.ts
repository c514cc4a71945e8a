import { expect, test } from 'vitest';
import { binary, unpacker } from './binary.ts';
import { exportAll, named } from './exportAll.ts';
import { unpack } from './packing/unpack.ts';
import { adapt } from './rewrite.ts';

test('every function of the kernels by its number, and those with a name by that too', () => {
  const bytes = adapt(unpack(binary, unpacker), { shared: true, relaxed: false });
  const plain = new WebAssembly.Module(bytes);
  const names = WebAssembly.Module.exports(plain).map(({ name }) => name);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(exportAll(bytes)), {
    env: { memory, lanes: 128 },
  });
  expect(Object.keys(named(exports))).toEqual(names);
  const numbers = Object.keys(exports).filter((name) => !names.includes(name));
  expect(numbers.length).toBeGreaterThan(names.length);
  expect(numbers).toEqual(numbers.map((_, index) => String(index)));
  // A function has one object, whatever it is called.
  const all = new Set(numbers.map((number) => exports[number]));
  expect(all.size).toBe(numbers.length);
  for (const name of names) expect(all).toContain(exports[name]);
});
