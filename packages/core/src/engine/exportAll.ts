import { Reader, sections, unsigned } from './binaryFormat.ts';

/** The kind of an export that is a function. */
const functionKind = 0;

/**
 * A module that exports all its functions, those that it does not export by name as their number: what calls them from
 * outside can have them compiled. It must import no function.
 */
export function exportAll(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const reader = new Reader(binary);
  const output: number[] = [...reader.take(8)];
  let functions = 0;
  while (!reader.isDone) {
    const id = reader.byte();
    const body = reader.take(reader.number());
    if (id === sections.function) functions = new Reader(body).number();
    const section = id === sections.export ? withNumbers(new Reader(body), functions) : body;
    output.push(id, ...unsigned(section.length));
    for (const byte of section) output.push(byte);
  }
  return Uint8Array.from(output);
}

/** The routines that are exported by name. */
export function named<Value>(exports: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(exports).filter(([name]) => !/^\d+$/.test(name)));
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
