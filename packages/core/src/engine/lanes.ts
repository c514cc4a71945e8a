import { nodeVersion } from './support.ts';

/*
 * Lanes of 256 bits. WebAssembly's vectors have 128 bits; V8 can merge two neighbouring operations into one of 256, to the
 * same bits and twice as fast, where it is told to: see `mergedVectors.ts`.
 *
 * Tiles that are large enough for wide lanes have more numbers than narrow ones have registers, and are half as fast
 * there as those made for narrow ones. So the kernels hold both, and `lanes` says which are used.
 *
 * Whether vectors are really merged cannot be asked, and times are no proof on a busy machine. It is known: the compilers
 * below do it on x64, where the processor has AVX2; and as good as all that have a fused multiply-add have AVX2, which
 * one product tells.
 */

/** How many bits wide the lanes are that the kernels are written for. */
export type LaneBits = 128 | 256;

export interface Lanes {
  readonly lanes: LaneBits;
  /** Why these. */
  readonly reason: string;
  /** Whether V8 is to merge vectors. */
  readonly isMerged: boolean;
}

/**
 * The versions of V8 that every kernel is tested with, its vectors merged: those of Node 24 and 26. What another one makes
 * of them is not known, and a fault in V8's compiler may end the whole process, which nothing can catch.
 */
const tested = ['13.6.', '14.6.'] as const;

/** Why V8 does not merge vectors here, `null` where it does as far as can be said without computing. */
function obstacle(kind: 'simd' | 'relaxed'): string | null {
  const node = nodeVersion();
  if (!node) return 'only Node can be told to merge vectors';
  if (!tested.some((version) => node.v8.startsWith(version))) {
    return `Node 24 and 26 are known to merge vectors, and this is Node ${node.node} with V8 ${node.v8}`;
  }
  if (node.architecture !== 'x64') return `vectors are merged on x64, and this is ${node.architecture}`;
  return kind === 'simd' ? 'without fused multiply-add their tiles need more registers than there are' : null;
}

/** The lanes to try: those that are wanted, or else the widest that are known to be fast. */
export function chooseLanes(kind: 'simd' | 'relaxed', wanted: LaneBits | undefined): Lanes {
  const reason = obstacle(kind);
  const lanes = wanted ?? (reason === null ? 256 : 128);
  const isMerged = reason === null && lanes === 256;
  if (wanted === undefined) return { lanes, isMerged, reason: reason ?? 'V8 merges vectors here' };
  return { lanes, isMerged, reason: lanes === 256 && reason ? `asked for, though slower: ${reason}` : 'asked for' };
}
