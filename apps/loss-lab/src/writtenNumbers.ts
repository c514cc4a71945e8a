import type { DataType, NestedList } from '@tapegrad/core';

/** Lists within lists on one line, each number in all its digits. */
export function writtenNumbers(numbers: NestedList, dtype: DataType): string {
  if (typeof numbers === 'number') return writtenNumber(numbers, dtype);
  return `[${numbers.map((part) => writtenNumbers(part, dtype)).join(', ')}]`;
}

/** The fewest digits that no other number of its type shares: 0.1 of float32 is not 0.10000000149011612. A zero has no sign. */
function writtenNumber(number: number, dtype: DataType): string {
  if (dtype === 'float64' || !Number.isFinite(number)) return String(number);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return String(short);
  }
  return String(Number(number.toPrecision(9)));
}
