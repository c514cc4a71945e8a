import { nodeParts, nodeVersion } from './support.ts';

/*
 * Lanes of 256 bits. WebAssembly's vectors have 128 bits; V8 can merge two neighbouring operations into one of 256, to the
 * same bits and twice as fast. It does so behind a flag, `--experimental-wasm-revectorize`, which is set here before the
 * kernels are compiled, and holds for the whole process: other WebAssembly that is compiled later may be merged too.
 *
 * Tiles that are large enough for wide lanes have more numbers than narrow ones have registers, and are half as fast
 * there as those made for narrow ones. So the kernels hold both, and `lanes` says which are used.
 *
 * Whether vectors are really merged cannot be asked, and times are no proof on a busy machine. It is known: Node 24 to 26
 * on x64 does it, where the processor has AVX2; and as good as all that have a fused multiply-add have AVX2, which one
 * product tells.
 */

/** How many bits wide the lanes are that the kernels are written for. */
export type LaneBits = 128 | 256;

export interface Lanes {
  readonly lanes: LaneBits;
  /** Why these. */
  readonly reason: string;
  /** Whether V8 was told to merge. */
  readonly isMerged: boolean;
}

const flag = 'experimental-wasm-revectorize';
/** The first and the last version of Node that are known to merge. */
const known = { first: 24, last: 26 } as const;

/** Why V8 does not merge vectors here, `null` where it does as far as can be said without computing. */
function obstacle(kind: 'simd' | 'relaxed'): string | null {
  const node = nodeVersion();
  if (!node) return 'only Node can be told to merge vectors';
  const range = `Node ${known.first} to ${known.last}`;
  if (node.major < known.first || node.major > known.last) {
    return `${range} is known to merge vectors, and this is Node ${node.major}`;
  }
  if (node.architecture !== 'x64') return `vectors are merged on x64, and this is ${node.architecture}`;
  return kind === 'simd' ? 'without fused multiply-add their tiles need more registers than there are' : null;
}

/**
 * The lanes to try: those that are wanted, or else 128 bits. V8 as it is ends the whole process where it meets a function
 * that it cannot merge (seen with Node 24 in the largest number of a line), so wide lanes are for those who ask for them.
 * Tells V8.
 */
export function chooseLanes(kind: 'simd' | 'relaxed', wanted: LaneBits | undefined): Lanes {
  const reason = obstacle(kind);
  const lanes = wanted ?? 128;
  const isMerged = reason === null && lanes === 256;
  if (reason === null) mergeVectors(isMerged);
  if (wanted === undefined) {
    return { lanes, isMerged, reason: reason ?? 'lanes of 256 bits are experimental: ask for them with `lanes: 256`' };
  }
  return { lanes, isMerged, reason: lanes === 256 && reason ? `asked for, though slower: ${reason}` : 'asked for' };
}

/** Tells V8 whether to merge vectors in what it compiles from now on. */
export function mergeVectors(isOn: boolean): void {
  nodeParts()?.v8.setFlagsFromString(isOn ? `--${flag}` : `--no-${flag}`);
}
