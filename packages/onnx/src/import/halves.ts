/** IEEE 754 binary16 by its bits: 1 of sign, 5 of exponent, 10 of fraction. */
export function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 by its bits: the upper half of a float32. */
export function brainOf(bits: number): number {
  word.setUint32(0, (bits & 0xffff) * 2 ** 16);
  return word.getFloat32(0);
}

const word = new DataView(new ArrayBuffer(4));

/**
 * The number that was meant by a float32: the shortest decimal that rounds to it, 0.1 for 0.10000000149, or 1/6, which has
 * none. Options go through ONNX as float32, and should come back as they were given.
 */
export function meantBy(float32: number): number {
  if (float32 === Math.fround(1 / 6)) return 1 / 6;
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(float32.toPrecision(digits));
    if (Math.fround(short) === float32) return short;
  }
  return float32;
}
