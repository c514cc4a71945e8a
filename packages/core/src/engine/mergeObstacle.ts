import { nodeVersion } from './support.ts';

/*
 * Whether vectors are really merged cannot be asked, and times are no proof on a busy machine. It is known: the compilers
 * below do it on x64, where the processor has AVX2; and as good as all that have a fused multiply-add have AVX2, which
 * one product tells.
 */

/**
 * The versions of V8 that every kernel is tested with, its vectors merged: those of Node 24 and 26. What another one makes
 * of them is not known, and a fault in V8's compiler may end the whole process, which nothing can catch.
 */
const tested = ['13.6.', '14.6.'] as const;

/**
 * Why V8 does not merge vectors here, `null` where it does as far as can be said without computing. For a page the field
 * `browser` of package.json has `mergeObstacleOfPage.ts` instead of this file.
 */
export function mergeObstacle(kind: 'simd' | 'relaxed'): string | null {
  const node = nodeVersion();
  if (!node) return 'only Node can be told to merge vectors';
  if (!tested.some((version) => node.v8.startsWith(version))) {
    return `Node 24 and 26 are known to merge vectors, and this is Node ${node.node} with V8 ${node.v8}`;
  }
  if (node.architecture !== 'x64') return `vectors are merged on x64, and this is ${node.architecture}`;
  return kind === 'simd' ? 'without fused multiply-add their tiles need more registers than there are' : null;
}
