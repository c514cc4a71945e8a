import { joined, Reader, sections, unsigned } from './binaryFormat.ts';

const exportSection = 7;
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
    if (id !== exportSection) continue;
    const section = withNumbers(body, functions);
    // All but this section is copied as it is: byte by byte it would take ten times as long.
    return joined([binary.subarray(0, start), [id, ...unsigned(section.length)], section, binary.subarray(reader.at)]);
  }
  throw new Error('the kernels export nothing');
}

/** The routines that are exported by name. */
export function named<Value>(exports: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(exports).filter(([name]) => !/^\d+$/.test(name)));
}

function withNumbers(section: Uint8Array, functions: number): number[] {
  const reader = new Reader(section);
  const count = reader.number();
  const before = section.subarray(reader.at);
  const added = Array.from({ length: functions }, (_, index) => {
    const name = [...String(index)].map((digit) => digit.charCodeAt(0));
    return [...unsigned(name.length), ...name, functionKind, ...unsigned(index)];
  });
  return [...unsigned(count + functions), ...before, ...added.flat()];
}
