import { type BitCoder, Chances, Interval } from './coder.ts';
import { after, beginning, contexts, literal, size, step } from './symbols.ts';

/**
 * The bytes of a text in base 64 that `assembly/pack.mjs` has packed: the binary travels at a quarter of its size.
 *
 * @throws Error when the text ends too soon
 */
export function unpack(text: string): Uint8Array<ArrayBuffer> {
  const reader = bitsOf(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const bytes = new Uint8Array(size(reader, 1));
  let past = beginning;
  for (let at = 0; at < bytes.length; ) {
    const next = step(reader, past, { length: 0, distance: 0 });
    if (next.length === 0) bytes[at] = literal(reader, past, bytes, at);
    for (let copied = 0; copied < next.length; copied++) bytes[at + copied] = bytes[at + copied - next.distance];
    at += next.length || 1;
    past = after(past, next);
  }
  return bytes;
}

/** Reads bits that were written with the same chances. */
function bitsOf(packed: Uint8Array): BitCoder {
  const [chances, interval] = [new Chances(contexts), new Interval()];
  let [value, at] = [0, 0];
  const shift = (): void => {
    // Without it, what is no packed text might go on for minutes.
    if (at === packed.length) throw new Error('the packed kernels are cut short');
    value = ((value << 8) | packed[at++]) >>> 0;
  };
  for (let i = 0; i < 4; i++) shift();
  return {
    bit(_, context, other) {
      const middle = interval.middle(chances.of(context, other));
      const bit = Number(value <= middle);
      interval.narrow(bit, middle, shift);
      chances.learn(bit, context, other);
      return bit;
    },
  };
}
