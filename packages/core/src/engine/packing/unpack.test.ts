import { describe, expect, test } from 'vitest';
import { Random } from '../../random/random.ts';
import { binary, unpacker as ours } from '../binary.ts';
import { adapt } from '../rewrite.ts';
import { unpack } from './unpack.ts';

/** Written for Node alone, without types. */
const writer: string = '../../../assembly/pack.mjs';
const written = (await import(/* @vite-ignore */ writer)) as {
  pack(bytes: Uint8Array): Uint8Array;
  unpacker: Buffer;
};
const { pack } = written;
const unpacker = written.unpacker.toString('base64');

const packed = (bytes: Uint8Array): string => Buffer.from(pack(bytes)).toString('base64');

describe('what was packed is unpacked', () => {
  const random = new Random(1);
  const noise = Uint8Array.from({ length: 3000 }, () => random.integer(256));
  const cases: Readonly<Record<string, Uint8Array>> = {
    'a single byte': Uint8Array.of(255),
    'two zeros': new Uint8Array(2),
    'a long run, which copies itself': new Uint8Array(1500).fill(7),
    noise,
    'copies from afar': Uint8Array.from([...noise, ...noise.subarray(10, 500), ...noise.subarray(0, 300)]),
    'two distances in turn': Uint8Array.from({ length: 2000 }, (_, i) => (i % 7 ? i % 5 : random.integer(3))),
  };
  test.each(Object.entries(cases))('%s', (_, bytes) => {
    expect(unpack(packed(bytes), unpacker)).toEqual(bytes);
  });
});

test('what ends too soon is an error, at once', () => {
  const whole = packed(Uint8Array.from({ length: 300 }, (_, i) => (i * i) % 251));
  for (const length of [0, 4, 100, whole.length - 8])
    expect(() => unpack(whole.slice(0, length), unpacker)).toThrow('cut short');
  expect(() => unpack('nonsense', unpacker)).toThrow();
});

test('what repeats costs next to nothing, and noise hardly more than itself', () => {
  expect(pack(new Uint8Array(1500).fill(7)).length).toBeLessThan(20);
  const random = new Random(2);
  expect(pack(Uint8Array.from({ length: 3000 }, () => random.integer(256))).length).toBeLessThan(3300);
});

test('the kernels are a WebAssembly module of a quarter of its size', () => {
  const bytes = unpack(binary, ours);
  expect(ours).toBe(unpacker);
  expect(WebAssembly.validate(adapt(bytes, { shared: true, relaxed: false }))).toBe(true);
  expect((binary.length * 3) / 4).toBeLessThan(0.25 * bytes.length);
});
