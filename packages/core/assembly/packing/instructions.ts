// Where in an instruction of WebAssembly a byte stands. Bytes are read as if all were code: what else there is in a module is
// misread, which costs some bits and is soon over. It has to be only the same for writer and reader.
//
// Source: the WebAssembly specification, "Binary Format", Instructions.

/** How many bytes of the instruction have come, and a number that stands for them. */
export let length: u32 = 0;
export let soFar: u32 = 0;
/** Its opcode; that of a vector operation is the one behind the prefix, with 256 more. */
export let opcode: u32 = 0;
/** The opcodes of the four instructions before it, the last one first. */
export let first: u32 = 0;
export let second: u32 = 0;
export let third: u32 = 0;
export let fourth: u32 = 0;
/** The last local that was named. */
export let local: u32 = 0;
/** How many numbers of variable length and how many bytes are to come. */
let numbers: u32 = 0;
let bytes: u32 = 0;

/** A number that depends on two others in no simple way. */
export function mix(a: u32, b: u32): u32 {
  const product = (a + b) * 0x2f0b4a27;
  return product ^ (product >> 15);
}

export function take(byte: u32): void {
  if (length === 0) {
    opcode = byte;
    numbers = numbersAfter(byte);
    bytes = byte === 0xfd ? 1 : byte === 0x43 ? 4 : byte === 0x44 ? 8 : 0;
  } else if (length === 1 && opcode === 0xfd) takeVector(byte);
  else if (numbers === 0) bytes--;
  else if (byte < 128) numbers--;
  if (length === 1 && opcode - 0x20 < 3) local = byte;
  soFar = mix(soFar, byte + 1);
  length++;
  if (numbers + bytes > 0) return;
  fourth = third;
  third = second;
  second = first;
  first = opcode;
  length = 0;
  soFar = 0;
}

/** Loads and stores have two numbers; blocks, branches, calls, locals and whole constants have one. */
function numbersAfter(byte: u32): u32 {
  if (byte - 0x28 < 0x17) return 2;
  return byte < 64 ? <u32>(0x1f0001301c >> (<u64>byte)) & 1 : u32(byte - 0x41 < 2);
}

/** Constants and shuffles have sixteen bytes, and what takes a single lane has its index. */
function takeVector(byte: u32): void {
  opcode = byte + 256;
  numbers = byte > 127 ? 1 : u32(byte < 12) * 2;
  bytes = byte - 12 < 2 ? 16 : u32(byte - 21 < 14);
}
