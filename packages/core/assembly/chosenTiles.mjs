// Writes the innermost loops of the gradients from chosen positions: one function for each size of a tile of sums that is
// held in registers, since AssemblyScript unrolls nothing. Twelve vectors of sums are the most that leave room for the rest.

/** The tiles: so many lines of so many vectors each. Lines of other lengths are cut into pieces of 1 × up to 12. */
const tiles = [
  ...Array.from({ length: 12 }, (_, at) => [1, at + 1]),
  ...[1, 2, 3, 4].map((vectors) => [3, vectors]),
  ...[1, 2].map((vectors) => [5, vectors]),
];

const range = (length) => Array.from({ length }, (_, at) => at);

function tile([lines, vectors]) {
  const sum = (line, vector) => `s${line * vectors + vector}`;
  const all = range(lines * vectors).map((at) => `s${at} = zeros()`);
  const eachLine = (text, between) =>
    range(lines)
      .map((line) =>
        range(vectors)
          .map((v) => text(line, v))
          .join('\n    '),
      )
      .join(`\n    ${between}\n    `);
  const read = (line, v) => `${sum(line, v)} = v128.load(at, ${16 * v});`;
  const add = (line, v) => `${sum(line, v)} = madd(g, v128.load(p, ${16 * v}), ${sum(line, v)});`;
  const write = (line, v) => `v128.store(at, ${sum(line, v)}, ${16 * v});`;
  const steps = lines > 1 ? ['sourceStep: usize, ', 'targetStep: usize, '] : ['', ''];
  return `
function tile${lines}x${vectors}(source: usize, ${steps[0]}target: usize, ${steps[1]}list: usize, end: usize, isFresh: bool): void {
  let ${all.join(', ')};
  let at = target;
  if (!isFresh) {
    ${eachLine(read, 'at += targetStep;')}
  }
  for (; list < end; list += 8) {
    let p = source + <usize>load<i32>(list);
    const g = v128.load32_splat(list, 4);
    ${eachLine(add, 'p += sourceStep;')}
  }
  at = target;
  ${eachLine(write, 'at += targetStep;')}
}`;
}

function choice([lines, vectors]) {
  const steps = lines > 1 ? ['sourceStep, ', 'targetStep, '] : ['', ''];
  return `    case ${lines * 16 + vectors}: tile${lines}x${vectors}(source, ${steps[0]}target, ${steps[1]}list, end, isFresh); break;`;
}

/** The text of generated/chosenTiles.ts. */
export const chosenTiles = `// Written by chosenTiles.mjs.
import { madd, zeros } from '../lanes';

/** How many lines one tile takes where there are so many of so many vectors. */
export function linesOfTile(lines: i32, vectors: i32): i32 {
${tiles
  .filter(([lines]) => lines > 1)
  .map(([lines, vectors]) => `  if (lines == ${lines} && vectors == ${vectors}) return ${lines};`)
  .join('\n')}
  return 1;
}

/** How many vectors of a line one tile takes: the line is cut into the fewest pieces, of about one length. */
export function vectorsOfTile(vectors: i32): i32 {
  const pieces = (vectors + 11) / 12;
  return (vectors + pieces - 1) / pieces;
}

/**
 * target[line, k] (+)= Σ over the list of number · source[line, k + offset]: lines × vectors of sums in registers. The
 * list, up to end, holds an offset in bytes and a number each; steps are the bytes from one line to the next.
 */
export function tile(lines: i32, vectors: i32, source: usize, sourceStep: usize, target: usize, targetStep: usize, list: usize, end: usize, isFresh: bool): void {
  switch (lines * 16 + vectors) {
${tiles.map(choice).join('\n')}
  }
}
${tiles.map(tile).join('\n')}
`;
