// Packs bytes for src/engine/packing/unpack.ts. A third of the text of every page that trains is the kernels; packed so, they
// are a third smaller than the best that can be deflated. packing/ is compiled twice, as the writer, which runs here, and as the
// reader, which goes with the kernels.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/** Pages of 64 KiB for the tables of packing/, and at most, with what is packed: a number of bytes that is none must not take hours. */
const [pages, most] = [90, 190];
const flags = [
  ...['--optimizeLevel', '2', '--shrinkLevel', '2', '--converge', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--initialMemory', String(pages), '--maximumMemory', String(most)],
];
const [reads, writes] = [0, 1];
const packer = await compile(writes);

/** The program that unpacks. */
export const unpacker = await compile(reads);

/** The bytes, packed: how many they are, and their bits. */
export function pack(bytes) {
  const { memory, run } = new WebAssembly.Instance(new WebAssembly.Module(packer)).exports;
  // Noise becomes a little longer.
  const room = bytes.length + Math.ceil(bytes.length / 8) + 64;
  const from = memory.grow(Math.ceil((room + bytes.length) / 65536)) * 65536;
  const view = new Uint8Array(memory.buffer);
  new DataView(memory.buffer).setUint32(from, bytes.length);
  view.set(bytes, from + room);
  return view.slice(from, run(from + 4, from + room, bytes.length));
}

async function compile(direction) {
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-'));
  try {
    const [source, file] = [fileURLToPath(new URL('packing/index.ts', import.meta.url)), join(folder, 'packing.wasm')];
    const { error, stderr } = await asc.main([source, '--outFile', file, ...flags, '--use', `WRITES=${direction}`]);
    if (error) throw new Error(`the packing of the kernels does not compile\n${stderr.toString()}`);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
