import { doublesAt, launch, readable, scratch, writable } from '../launch.ts';

/** How many numbers are one piece of work: some ten microseconds. */
const grainNumbers = 16_384;
/** How many numbers a part of a team has at most: few, for the sake of precision. */
const partNumbers = 4096;
/** How many groups side by side are one team, and how short their lines must be. */
const sideBySide = 16;
const shortLine = 8;
/** With fewer teams than this, and more numbers than a few pieces have, threads share the work on a group. */
const enoughTeams = 8;

/** How [outer, groups, inner] is cut: see assembly/normalisationLanes.ts. */
interface Cut {
  readonly sizes: readonly [outer: number, groups: number, inner: number];
  /** The lines, or the length of one line, that are a part, and how many groups are a team. */
  readonly extents: readonly [lines: number, length: number, team: number];
  readonly teams: number;
  /** How many parts each team has. */
  readonly parts: number;
  /** How many columns have sums of their own. */
  readonly columns: number;
  readonly isShared: boolean;
  /** How many teams are a piece of work, or how many parts. */
  readonly grain: number;
}

export function moments(x: Float32Array, moments: Float64Array, outer: number, groups: number, inner: number): void {
  const { sizes, extents, teams, parts, columns, grain } = cut(outer, groups, inner);
  const [, , length] = sizes;
  const from = readable(x);
  const ofParts = scratch(24 * columns * parts);
  const joined = scratch(24 * groups);
  launch('momentsOfParts', teams * parts, Math.max(1, Math.floor(grain)), from, ofParts, ...sizes, ...extents);
  const slots = parts * (extents[2] === 1 ? 1 : length);
  launch(
    'joinMoments',
    groups,
    Math.max(1, Math.floor(grainNumbers / (slots + 8))),
    from,
    ofParts,
    joined,
    groups,
    length,
    slots,
  );
  moments.set(doublesAt(joined, moments.length));
}

export function standardise(
  x: Float32Array,
  moments: Float64Array,
  y: Float32Array,
  outer: number,
  groups: number,
  inner: number,
  epsilon: number,
): void {
  const { sizes, extents, teams, parts, columns, grain } = cut(outer, groups, inner);
  const [from, to] = [readable(x), writable(y)];
  const statistics = scratch(bytesOfThree(columns));
  const rows = doublesAt(statistics, bytesOfThree(columns) / 8);
  const across = columns / groups;
  for (let group = 0; group < groups; group++) {
    const [pivot, distance, variance] = moments.subarray(3 * group, 3 * group + 3);
    const factor = 1 / Math.sqrt(variance + epsilon);
    for (let column = group * across; column < (group + 1) * across; column++) {
      const at = 12 * (column >> 2) + (column & 3);
      rows[at] = pivot;
      rows[at + 4] = distance;
      rows[at + 8] = factor;
    }
  }
  launch('standardiseParts', teams * parts, grain, from, to, statistics, ...sizes, ...extents);
}

export function standardiseGradient(
  g: Float32Array,
  y: Float32Array,
  deviation: Float32Array,
  xGradient: Float32Array,
  outer: number,
  groups: number,
  inner: number,
): void {
  const count = outer * inner;
  const { sizes, extents, teams, parts, columns, isShared, grain } = cut(outer, groups, inner);
  const [, , length] = sizes;
  const [, , team] = extents;
  const [left, right, scale, to] = [readable(g), readable(y), readable(deviation), writable(xGradient)];
  const sums = scratch(16 * columns * parts);
  const means = scratch(bytesOfThree(columns));
  if (isShared) {
    launch('productsOfParts', teams * parts, grain, left, right, sums, ...sizes, ...extents);
    launch('joinProducts', groups, grainNumbers, sums, scale, means, groups, length, parts, team, count);
    launch('gradientOfParts', teams * parts, grain, left, right, means, to, ...sizes, ...extents);
  } else if (parts > 0) {
    launch('standardiseGradient', teams, grain, left, right, scale, to, sums, means, ...sizes, ...extents);
  }
}

/** Room for three float64 numbers of each column, by fours: see `threeOf` of assembly/normalisationLanes.ts. */
function bytesOfThree(columns: number): number {
  return 96 * Math.ceil(columns / 4);
}

function cut(outer: number, groups: number, inner: number): Cut {
  // One group alone is one line.
  if (groups === 1 && outer !== 1) return cut(1, 1, outer * inner);
  const hasColumns = inner < shortLine && inner <= outer;
  const team = hasColumns ? sideBySide : 1;
  const teams = Math.ceil(groups / team);
  const length = Math.max(1, hasColumns ? inner : Math.min(inner, partNumbers));
  const lines = Math.max(1, Math.floor(partNumbers / (length * team)));
  const parts = Math.ceil(outer / lines) * Math.ceil(inner / length);
  const width = Math.min(team, groups);
  const isShared = teams < enoughTeams && outer * groups * inner > 4 * grainNumbers;
  const piece = isShared ? width * lines * length : width * (outer * inner + 16);
  return {
    sizes: [outer, groups, inner],
    extents: [lines, length, team],
    teams,
    parts,
    columns: groups * (hasColumns ? inner : 1),
    isShared,
    grain: Math.max(1, Math.floor(grainNumbers / Math.max(1, piece))),
  };
}
