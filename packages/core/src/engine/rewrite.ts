import { joined, Reader, sections, unsigned, vector } from './binaryFormat.ts';

/*
 * The kernels are compiled once, for the best machine: a shared memory, and relaxed SIMD. For lesser machines the binary
 * is adapted here, which is a tenth of the size of a second and a third one. Only what the compiler writes is understood:
 * the core instructions, bulk memory and SIMD.
 *
 * Source: the WebAssembly specification, "Binary Format".
 */

/** What a machine lacks and the binary must do without. */
export interface Adaptation {
  /** Whether the memory is shared between threads. */
  readonly shared: boolean;
  /** Whether a multiplication and an addition may be one rounded instruction. */
  readonly relaxed: boolean;
}

const [memoryImport, globalImport] = [2, 3];
const [v128, simdPrefix, bulkPrefix] = [0x7b, 0xfd, 0xfc];
const [relaxedMultiplyAdd, multiply, add] = [0x105, [0xfd, 0xe6, 0x01], [0xfd, 0xe4, 0x01]];
const [localGet, localSet] = [0x20, 0x21];

/** The binary as a machine can run it. */
export function adapt(binary: Uint8Array, { shared, relaxed }: Adaptation): Uint8Array<ArrayBuffer> {
  const reader = new Reader(binary);
  const output: ArrayLike<number>[] = [reader.take(8)];
  const types: number[] = [];
  const functions: number[] = [];
  while (!reader.isDone) {
    const id = reader.byte();
    const body = reader.take(reader.number());
    let section = body;
    if (id === sections.type) types.push(...parameterCounts(new Reader(body)));
    if (id === sections.function) functions.push(...vector(new Reader(body), (item) => item.number()));
    if (id === sections.import && !shared) section = unshare(body);
    if (id === sections.code && !relaxed) section = withoutRelaxed(new Reader(body), (at) => types[functions[at]]);
    output.push([id], unsigned(section.length), section);
  }
  return joined(output);
}

/** For each function type, how many parameters it has. */
function parameterCounts(reader: Reader): number[] {
  return vector(reader, () => {
    reader.byte();
    const count = vector(reader, () => reader.byte()).length;
    vector(reader, () => reader.byte());
    return count;
  });
}

/** The import section with a memory of this thread alone: the second bit of the limits says `shared`. */
function unshare(section: Uint8Array): Uint8Array {
  const copy = section.slice();
  const reader = new Reader(copy);
  vector(reader, () => {
    for (const _ of ['module', 'name']) reader.take(reader.number());
    const kind = reader.byte();
    if (kind === globalImport) {
      reader.take(2);
      return;
    }
    if (kind !== memoryImport) throw new Error('the kernels import what is not known here');
    copy[reader.at] &= ~2;
    const hasMaximum = reader.byte() & 1;
    reader.number();
    if (hasMaximum) reader.number();
  });
  return copy;
}

/** The code section with a·b + c in two instructions: c is put aside in a local while a and b are multiplied. */
function withoutRelaxed(reader: Reader, parametersOf: (index: number) => number): Uint8Array {
  const count = reader.number();
  const code: ArrayLike<number>[] = [unsigned(count)];
  for (let index = 0; index < count; index++) {
    const body = rewriteFunction(new Reader(reader.take(reader.number())), parametersOf(index));
    code.push(unsigned(body.length), body);
  }
  return joined(code);
}

function rewriteFunction(reader: Reader, parameters: number): Uint8Array {
  const locals = vector(reader, () => [reader.number(), reader.byte()] as const);
  const aside = unsigned(locals.reduce((total, [count]) => total + count, parameters));
  const declared = [...locals, [1, v128] as const].map(([count, type]) => [...unsigned(count), type]);
  const code: ArrayLike<number>[] = [unsigned(declared.length), ...declared];
  // What stays is taken in long runs, not byte by byte.
  let from = reader.at;
  while (!reader.isDone) {
    const start = reader.at;
    if (skipInstruction(reader) !== relaxedMultiplyAdd) continue;
    code.push(reader.since(from, start), [localSet, ...aside, ...multiply, localGet, ...aside, ...add]);
    from = reader.at;
  }
  code.push(reader.since(from));
  return joined(code);
}

/** Moves past one instruction with all its immediates; gives the number of a SIMD instruction, else -1. */
function skipInstruction(reader: Reader): number {
  const code = reader.byte();
  if (code === simdPrefix) return skipSimd(reader);
  if (code === bulkPrefix) {
    const operation = reader.number();
    // memory.copy names two memories, memory.fill one; conversions that saturate name nothing.
    if (operation === 10) reader.take(2);
    else if (operation === 11) reader.take(1);
    else if (operation > 7) throw unknown(bulkPrefix, operation);
  } else if (code >= 0x02 && code <= 0x04) reader.number();
  else if (code === 0x0c || code === 0x0d || code === 0x10) reader.number();
  else if (code === 0x0e) {
    vector(reader, () => reader.number());
    reader.number();
  } else if (code === 0x11) {
    reader.number();
    reader.number();
  } else if (code === 0x1c) vector(reader, () => reader.byte());
  else if (code >= 0x20 && code <= 0x24) reader.number();
  else if (code >= 0x28 && code <= 0x3e) skipAddress(reader);
  else if (code >= 0x3f && code <= 0x42) reader.number();
  else if (code === 0x43) reader.take(4);
  else if (code === 0x44) reader.take(8);
  else if (code > 0xc4 || (code > 0x11 && code < 0x1a) || (code > 0x04 && code < 0x0b && code !== 0x05)) {
    throw unknown(code, 0);
  }
  return -1;
}

function skipSimd(reader: Reader): number {
  const operation = reader.number();
  const isLaneAccess = operation >= 84 && operation <= 91;
  if (operation <= 11 || isLaneAccess || operation === 92 || operation === 93) skipAddress(reader);
  if (operation === 12 || operation === 13) reader.take(16);
  if ((operation >= 21 && operation <= 34) || isLaneAccess) reader.take(1);
  if (operation > 0xff && operation !== relaxedMultiplyAdd) throw unknown(simdPrefix, operation);
  return operation;
}

function skipAddress(reader: Reader): void {
  reader.number();
  reader.number();
}

function unknown(code: number, operation: number): Error {
  return new Error(`the kernels hold what is not known here: instruction ${code} ${operation}`);
}
