// Packs bytes for src/engine/packing/unpack.ts, whose parts it shares: LZ77 with arithmetic coding. A third of the text of
// every page that trains is the kernels; this is a sixth smaller than the best that can be deflated.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const { Chances, Interval } = await load('coder');
const { after, beginning, contexts, literal, size, step } = await load('symbols');

/** How often the cheapest steps are looked for, each time with the chances of the last. */
const passes = 4;
/** How far to look: copies of many bytes are good enough, and are taken whole. */
const [many, mostLength, mostLooks] = [64, 2000, 4000];

/** The bytes, packed. */
export function pack(bytes) {
  const copies = copiesIn(bytes);
  let chances = new Chances(contexts);
  let smallest = null;
  for (let pass = 0; pass < passes; pass++) {
    const steps = cheapest(bytes, copies, chances);
    const written = write(bytes, steps);
    chances = written.chances;
    if (smallest === null || written.packed.length < smallest.length) smallest = written.packed;
  }
  return smallest;
}

/** For each position the copies that are worth a look: those that are longer than all from nearer by, nearest first. */
function copiesIn(bytes) {
  const latest = new Map();
  const earlier = new Int32Array(bytes.length).fill(-1);
  return Array.from(bytes, (byte, at) => {
    const copies = [];
    const pair = byte | (bytes[at + 1] << 8);
    let longest = 1;
    let from = latest.get(pair) ?? -1;
    earlier[at] = from;
    latest.set(pair, at);
    for (let looks = 0; from >= 0 && looks < mostLooks && longest < mostLength; looks++, from = earlier[from]) {
      if (bytes[from + longest] !== bytes[at + longest]) continue;
      const length = equalFrom(bytes, at, from);
      if (length > longest) copies.push({ length, distance: at - from });
      longest = Math.max(longest, length);
    }
    return copies;
  });
}

/** How many bytes from two positions on are the same. */
function equalFrom(bytes, at, from) {
  let length = 0;
  while (at + length < bytes.length && length < mostLength && bytes[from + length] === bytes[at + length]) length++;
  return length;
}

/** The steps that cost the fewest bits where the chances are these: the shortest way from the first byte to the last. */
function cheapest(bytes, copies, chances) {
  const least = Array.from({ length: bytes.length + 1 }, () => ({ cost: Number.POSITIVE_INFINITY }));
  least[0] = { cost: 0, past: beginning };
  const cost = costs(chances);
  for (let at = 0; at < bytes.length; at++) {
    const { cost: soFar, past } = least[at];
    const consider = (next) => {
      const total =
        soFar +
        cost((coder) => {
          step(coder, past, next);
          if (next.length === 0) literal(coder, past, bytes, at);
        });
      const end = at + (next.length || 1);
      if (total < least[end].cost) least[end] = { cost: total, past: after(past, next), step: next, from: at };
    };
    consider({ length: 0, distance: 0 });
    const { distance } = past;
    const same = distance > 0 ? equalFrom(bytes, at, at - distance) : 0;
    for (const length of lengths(0, same)) consider({ length, distance });
    let shorter = 1;
    for (const { length: most, distance } of copies[at]) {
      for (const length of lengths(shorter, most)) consider({ length, distance });
      shorter = most;
    }
  }
  const steps = [];
  for (let end = bytes.length; end > 0; end = least[end].from) steps.push(least[end].step);
  return steps.reverse();
}

/** The lengths above `shorter` that a copy of at most `most` bytes may have. */
function* lengths(shorter, most) {
  for (let length = shorter + 1; length <= Math.min(most, many); length++) yield length;
  if (most > many) yield most;
}

/** What something costs to write, in bits. */
function costs(chances) {
  let bits = 0;
  const coder = {
    bit(bit, context, other) {
      const chance = chances.of(context, other);
      bits -= Math.log2(bit ? chance : 1 - chance);
      return bit;
    },
  };
  return (write) => {
    bits = 0;
    write(coder);
    return bits;
  };
}

function write(bytes, steps) {
  const [chances, interval, packed] = [new Chances(contexts), new Interval(), []];
  const settle = () => packed.push(interval.high >>> 24);
  const coder = {
    bit(bit, context, other) {
      interval.narrow(bit, interval.middle(chances.of(context, other)), settle);
      chances.learn(bit, context, other);
      return bit;
    },
  };
  size(coder, bytes.length);
  let [past, at] = [beginning, 0];
  for (const next of steps) {
    step(coder, past, next);
    if (next.length === 0) literal(coder, past, bytes, at);
    at += next.length || 1;
    past = after(past, next);
  }
  // One number of the last interval, with as many bytes as are read ahead.
  packed.push(interval.high >>> 24, 0, 0, 0);
  return { chances, packed: Uint8Array.from(packed) };
}

/** A part of src/engine/packing, which imports no other at run time. */
async function load(name) {
  const source = new URL(`../src/engine/packing/${name}.ts`, import.meta.url);
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-'));
  try {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, outputText);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
