import { Reader, sections, unsigned } from './binaryFormat.ts';

/** The kind of an export that is a function. */
const functionKind = 0;

/**
 * A module that exports all its functions, those that it does not export by name as their number: what calls them from
 * outside can have them compiled. It must import no function.
 */
export function exportAll(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const reader = new Reader(binary);
  reader.take(8);
  for (let functions = 0; !reader.isDone; ) {
    const start = reader.at;
    const id = reader.byte();
    const body = reader.take(reader.number());
    if (id === sections.function) functions = new Reader(body).number();
    if (id !== sections.export) continue;
    const section = withNumbers(new Reader(body), functions);
    // All but this section is copied as it is: byte by byte it would take ten times as long.
    return joined([binary.subarray(0, start), [id, ...unsigned(section.length)], section, reader.rest()]);
  }
  throw new Error('the kernels export nothing');
}

/** The routines that are exported by name. */
export function named<Value>(exports: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(exports).filter(([name]) => !/^\d+$/.test(name)));
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

function withNumbers(reader: Reader, functions: number): number[] {
  const count = reader.number();
  const before = reader.rest();
  const added = Array.from({ length: functions }, (_, index) => {
    const name = [...String(index)].map((digit) => digit.charCodeAt(0));
    return [...unsigned(name.length), ...name, functionKind, ...unsigned(index)];
  });
  return [...unsigned(count + functions), ...before, ...added.flat()];
}
