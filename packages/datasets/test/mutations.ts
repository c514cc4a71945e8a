import fc from 'fast-check';

/** Bytes that were a right file until some were changed, cut off, put in twice or added. */
export function mutationsOf(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const offset = fc.nat(Math.max(0, bytes.length - 1));
  const special = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff);
  const edits = fc.array(fc.tuple(offset, fc.oneof(special, fc.nat(255))), { minLength: 1, maxLength: 6 });
  const edited = edits.map((list) => {
    const copy = bytes.slice();
    for (const [at, value] of list) copy[at] = value;
    return copy;
  });
  const cut = offset.map((at) => bytes.slice(0, at));
  const doubled = fc.tuple(offset, offset).map(([one, other]) => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return Uint8Array.of(...bytes.subarray(0, to), ...bytes.subarray(from));
  });
  const longer = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((more) => Uint8Array.of(...bytes, ...more));
  return fc.oneof({ weight: 4, arbitrary: edited }, cut, doubled, longer);
}
