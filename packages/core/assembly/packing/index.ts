// Packs the kernels, and unpacks them again: the bits of each byte, the highest first, each with its chance in six contexts.
// One source makes writer and reader, which have to learn alike.
import { begin as beginChances, chanceBy, contexts, hashes, learn, mixed } from './chances';
import { begin as beginCoder, code, end } from './coder';
import { first, fourth, length, local, mix, opcode, second, soFar, take, third } from './instructions';

/** A byte is guessed where the last six stood there before. */
const shortest: u32 = 6;
/** Where bytes of a hash ended last. */
const ends = memory.data(4 << 16);

/** How many bytes before this one were the same as those before the guess, and where that is. */
let same: u32 = 0;
let guess: usize = 0;

/** Codes `count` bytes at an address to or from what is packed, and gives the address behind that. */
export function run(packed: usize, bytes: usize, count: u32): usize {
  beginChances();
  beginCoder(packed);
  for (let at = bytes; at < bytes + count; at++) {
    find(bytes, at);
    hash(at);
    const set = length === 0 ? 0 : (opcode & 255) + 256 * min(length, 3);
    const byte = codeByte(load<u8>(at), set);
    if (!WRITES) store<u8>(at, byte);
    take(byte);
  }
  return end();
}

/** Looks for the same bytes before, unless those that were found go on. */
function find(bytes: usize, at: usize): void {
  same = same > 0 && load<u8>(guess) === load<u8>(at - 1) ? same + 1 : 0;
  guess++;
  if (at < bytes + shortest) return;
  let key: u32 = 0;
  for (let i: u32 = 1; i <= shortest; i++) key = mix(key, load<u8>(at - i) + 1);
  const address = ends + 4 * (key & 0xffff);
  const found = load<u32>(address);
  store<u32>(address, at);
  if (same > 0 || found === 0) return;
  guess = found;
  while (same < 32 && load<u8>(guess - 1 - same) === load<u8>(at - 1 - same)) same++;
}

/** What stands around the byte: the instruction so far, with what came before, and the two bytes before it. */
function hash(at: usize): void {
  const one = mix(soFar, 1);
  const two = mix(one, first + 1);
  const four = mix(mix(two, second + 2), third + 3);
  store<u32>(hashes, one, 4);
  store<u32>(hashes, two, 8);
  store<u32>(hashes, mix(two, local + 1000), 12);
  store<u32>(hashes, mix(four, fourth + 4), 16);
  store<u32>(hashes, mix(load<u16>(at - 2), 1), 20);
}

function codeByte(value: u32, set: u32): u32 {
  const guessed = same > 0 ? <u32>load<u8>(guess) : 256;
  let byte: u32 = 1;
  for (let weight: u32 = 8; weight-- > 0; ) {
    // As long as the bits are those of the guess, the next one may be its as well.
    const isLikeGuess = (guessed | 256) >> (weight + 1) === byte && same > 0;
    store<u32>(contexts, isLikeGuess ? 2 * min(same, 40) + ((guessed >> weight) & 1) : 0);
    // Four bits have contexts that are near each other in memory: those of the last four stand where the first four lead.
    const before = weight > 3 ? 1 : byte >> (3 - weight);
    const node = weight > 3 ? byte : (8 >> weight) | (byte & ((8 >> weight) - 1));
    for (let i: u32 = 1; i < mixed; i++) {
      store<u32>(contexts + 4 * i, (mix(mix(load<u32>(hashes + 4 * i), before), i) << 4) + node);
    }
    const chance = chanceBy(set);
    const bit = code((value >> weight) & 1, chance);
    learn(bit, chance, set);
    byte = 2 * byte + bit;
  }
  return byte & 255;
}
