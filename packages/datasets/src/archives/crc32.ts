const polynomial = 0xedb88320;

let table: Uint32Array | undefined;

/** The CRC-32 of the bytes, as zip, gzip and PNG have it (ISO 3309, reflected polynomial edb88320). */
export function crc32(bytes: Uint8Array): number {
  table ??= remainders();
  let rest = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) rest = table[(rest ^ bytes[at]) & 0xff] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

/** The remainder of each byte on division by the polynomial. */
function remainders(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? polynomial ^ (rest >>> 1) : rest >>> 1;
    return rest;
  });
}
