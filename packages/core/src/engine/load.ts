import { binary } from './binary.ts';
import type { Heap } from './heap.ts';
import { faultOf } from './laneCheck.ts';
import { chooseLanes, type LaneBits, mergeVectors } from './lanes.ts';
import type { Routine } from './pool.ts';
import { adapt } from './rewrite.ts';
import { unpack } from './unpack.ts';

/** The kernels in WebAssembly, compiled. */
export interface Loaded {
  readonly module: WebAssembly.Module;
  readonly routines: Readonly<Record<string, Routine>>;
  /** How wide lanes are, and why. */
  readonly lanes: LaneBits;
  readonly lanesReason: string;
  /** Whether wide lanes gave a wrong product, and are left alone for that. */
  readonly isFaulty: boolean;
}

/** Compiles the kernels, for lanes as wide as is wanted, or else as wide as they can be. */
export function load(heap: Heap, kind: 'simd' | 'relaxed', wanted: LaneBits | undefined): Loaded {
  const bytes = unpack(binary);
  const relaxed = kind === 'relaxed';
  const adapted = heap.isShared && relaxed ? bytes : adapt(bytes, { shared: heap.isShared, relaxed });
  const { lanes, reason, isMerged } = chooseLanes(kind, wanted);
  const loaded = { ...compile(adapted, heap, lanes), lanes, lanesReason: reason, isFaulty: false };
  const fault = isMerged ? faultOf(loaded.routines, heap) : null;
  // A processor without fused multiply-add has no wide lanes either: the numbers are right, and it is what was asked for.
  if (fault !== 'wrong product') return loaded;
  mergeVectors(false);
  const lanesReason = 'with lanes of 256 bits a product was wrong';
  return { ...compile(adapted, heap, 128), lanes: 128, lanesReason, isFaulty: true };
}

/** What stands behind the binary: nothing, or an empty section. */
const marks = { 128: [], 256: [0, 1, 0] } as const;

/**
 * V8 keeps what it compiled of the same bytes: so those for wide lanes end with an empty section, and narrow ones never
 * meet code that was compiled by other flags.
 */
function compile(bytes: Uint8Array<ArrayBuffer>, heap: Heap, lanes: LaneBits) {
  const marked = new Uint8Array(bytes.length + marks[lanes].length);
  marked.set(bytes);
  marked.set(marks[lanes], bytes.length);
  const module = new WebAssembly.Module(marked);
  const memory = heap.memory as WebAssembly.Memory;
  const { exports } = new WebAssembly.Instance(module, { env: { memory, lanes } });
  return { module, routines: exports as Record<string, Routine> };
}
