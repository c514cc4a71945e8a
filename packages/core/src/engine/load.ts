import type { Heap } from './heap.ts';
import { kernelBytes } from './kernelBytes.ts';
import { chooseLanes, type LaneBits } from './lanes.ts';
import { merged } from './merged.ts';
import type { Routine } from './pool.ts';
import { adapt } from './rewrite.ts';
import { state } from './state.ts';

/** The kernels in WebAssembly, compiled. */
export interface Loaded {
  readonly module: WebAssembly.Module;
  readonly routines: Readonly<Record<string, Routine>>;
  /** How wide lanes are, and why. */
  readonly lanes: LaneBits;
  readonly lanesReason: string;
  /** Whether wide lanes failed, and are left alone for that. */
  readonly isFaulty: boolean;
}

/** Compiles the kernels, for lanes as wide as is wanted, or else as wide as they can be. */
export function load(heap: Heap, kind: 'simd' | 'relaxed', wanted: LaneBits | undefined): Loaded {
  state.kernels ??= kernelBytes();
  const bytes = state.kernels;
  const relaxed = kind === 'relaxed';
  const adapted = heap.isShared && relaxed ? bytes : adapt(bytes, { shared: heap.isShared, relaxed });
  const { lanes, reason, isMerged } = chooseLanes(kind, wanted);
  if (!isMerged) return { ...compile(adapted, heap, lanes), lanes, lanesReason: reason, isFaulty: false };
  const { module, routines, fault } = merged(adapted, heap, (bytes) => compile(bytes, heap, lanes));
  if (fault === null || (fault === 'no fused multiply-add' && wanted)) {
    return { module, routines, lanes, lanesReason: reason, isFaulty: false };
  }
  const [lanesReason, isFaulty] = faults[fault];
  return { ...compile(adapted, heap, 128), lanes: 128, lanesReason, isFaulty };
}

/** Why there are lanes of 128 bits after all, and whether somebody should hear of it. */
const faults = {
  'wrong product': ['with lanes of 256 bits a product was wrong', true],
  'no fused multiply-add': ['a processor without fused multiply-add has no lanes of 256 bits', false],
  'not compiled': ['V8 did not compile the kernels for lanes of 256 bits', true],
} as const;

/**
 * V8 keeps what it compiled of the same bytes. Narrow lanes never meet code that was compiled for merged vectors, whose
 * module has more exports.
 */
function compile(bytes: Uint8Array<ArrayBuffer>, heap: Heap, lanes: LaneBits) {
  const module = new WebAssembly.Module(bytes);
  const memory = heap.memory as WebAssembly.Memory;
  const { exports } = new WebAssembly.Instance(module, { env: { memory, lanes } });
  return { module, routines: exports as Record<string, Routine> };
}
