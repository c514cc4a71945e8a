// Arithmetic coding of bits: what is likely costs little. A bit of chance p divides the interval from `low` to `high` in two
// parts, the lower of which is p of the whole, and the part of the bit that comes is the next interval. Leading bytes that
// both ends share are settled.
//
// Source: Witten, Neal and Cleary, "Arithmetic coding for data compression", Communications of the ACM 30 (1987).

let low: u32 = 0;
let high: u32 = 0xffffffff;
/** What has been read of the interval, and the next byte to be read or written. */
let value: u32 = 0;
let at: usize = 0;

/** Begins at this address. */
export function begin(packed: usize): void {
  at = packed;
  if (!WRITES) for (let i = 0; i < 4; i++) next();
}

/** Writes a number of the last interval, with as many bytes as are read ahead; gives the address behind it. */
export function end(): usize {
  if (WRITES) {
    next();
    high = 0;
    for (let i = 0; i < 3; i++) next();
  }
  return at;
}

/** A bit that is 1 with this chance in 65536: the one given, which is written, or the one that is read. */
export function code(bit: u32, chance: u32): u32 {
  const middle = low + <u32>((<u64>(high - low) * chance) >> 16);
  const coded = WRITES ? bit : u32(value <= middle);
  if (coded) high = middle;
  else low = middle + 1;
  while ((low ^ high) >> 24 === 0) {
    next();
    low <<= 8;
    high = (high << 8) | 255;
  }
  return coded;
}

function next(): void {
  if (WRITES) store<u8>(at, high >> 24);
  else value = (value << 8) | load<u8>(at);
  at++;
}
