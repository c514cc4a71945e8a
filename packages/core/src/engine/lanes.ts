import { mergeObstacle } from './mergeObstacle.ts';

/*
 * Lanes of 256 bits. WebAssembly's vectors have 128 bits; V8 can merge two neighbouring operations into one of 256, to the
 * same bits and twice as fast, where it is told to: see `mergedVectors.ts`.
 *
 * Tiles that are large enough for wide lanes have more numbers than narrow ones have registers, and are half as fast
 * there as those made for narrow ones. So the kernels hold both, and `lanes` says which are used.
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

/** The lanes to try: those that are wanted, or else the widest that are known to be fast. */
export function chooseLanes(kind: 'simd' | 'relaxed', wanted: LaneBits | undefined): Lanes {
  const reason = mergeObstacle(kind);
  const lanes = wanted ?? (reason === null ? 256 : 128);
  const isMerged = reason === null && lanes === 256;
  if (wanted === undefined) return { lanes, isMerged, reason: reason ?? 'V8 merges vectors here' };
  return { lanes, isMerged, reason: lanes === 256 && reason ? `asked for, though slower: ${reason}` : 'asked for' };
}
