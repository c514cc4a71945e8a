/** The parts of Node that the engine needs, as far as they are there: in a browser there are none. */
export interface NodeParts {
  readonly threads: {
    readonly Worker: new (source: string, options: Readonly<Record<string, unknown>>) => NodeWorker;
  };
  readonly v8: { setFlagsFromString(flag: string): void };
  readonly vm: { runInThisContext(source: string): unknown };
  /** The options that Node was started with. */
  readonly options: readonly string[];
  readonly system: { availableParallelism(): number };
}

/** A thread of Node. */
export interface NodeWorker {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  unref(): void;
  terminate(): unknown;
}

/** A Node and the V8 in it, such as 24.21.0 and 13.6.233.17-node.53, and what it runs on, such as x64. */
export interface NodeVersion {
  readonly node: string;
  readonly v8: string;
  readonly architecture: string;
}

interface NodeBuffer {
  readonly Buffer: { from(text: string, encoding: 'base64'): Uint8Array };
}

interface NodeZlib {
  inflateRawSync(packed: Uint8Array): Uint8Array;
}

interface NodeProcess {
  readonly versions?: {
    readonly node?: string;
    readonly v8?: string;
    readonly bun?: string;
    readonly deno?: string;
    readonly electron?: string;
  };
  readonly arch?: string;
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: string): unknown;
}

const { process } = globalThis as { readonly process?: NodeProcess };

/**
 * Node's own modules, without an import, which a browser could not resolve; `null` outside of Node. They are asked for
 * late, for nothing is done at import time.
 */
export function nodeParts(): NodeParts | null {
  if (!process?.versions?.node || !process.getBuiltinModule) return null;
  return {
    threads: process.getBuiltinModule('node:worker_threads') as NodeParts['threads'],
    v8: process.getBuiltinModule('node:v8') as NodeParts['v8'],
    options: process.execArgv ?? [],
    vm: process.getBuiltinModule('node:vm') as NodeParts['vm'],
    system: process.getBuiltinModule('node:os') as NodeParts['system'],
  };
}

/** Unpacks what `deflateRaw` has packed and base 64 has made a text of; `null` where there is no Node that could. */
export function inflatedByNode(text: string): Uint8Array<ArrayBuffer> | null {
  if (!process?.versions?.node || !process.getBuiltinModule) return null;
  const { Buffer } = process.getBuiltinModule('node:buffer') as NodeBuffer;
  const { inflateRawSync } = process.getBuiltinModule('node:zlib') as NodeZlib;
  return Uint8Array.from(inflateRawSync(Buffer.from(text, 'base64')));
}

/** Which Node this is; `null` where it is none, or something with another V8 that only calls itself Node. */
export function nodeVersion(): NodeVersion | null {
  const { node, v8 = '', bun, deno, electron } = process?.versions ?? {};
  if (!node || !nodeParts() || bun || deno || electron) return null;
  return { node, v8, architecture: process?.arch ?? '' };
}

/** A variable of the environment, where there is one and it may be read: Deno asks first, and throws where nobody said yes. */
export function environment(name: string): string | undefined {
  try {
    return process?.env?.[name];
  } catch {
    return undefined;
  }
}

/** How many threads the machine runs at the same time: `TAPEGRAD_CORES`, where it does not know, as in a container. */
export function coreCount(): number {
  const told = Number(environment('TAPEGRAD_CORES'));
  if (Number.isInteger(told) && told >= 1) return told;
  const { navigator } = globalThis as { readonly navigator?: { readonly hardwareConcurrency?: number } };
  return nodeParts()?.system.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
}

/*
 * Two functions in binary, for four numbers at a time: x + x, and x·x - z in one instruction, where x = 1 + 2⁻¹² and
 * z = 1 + 2⁻¹¹. Rounded once, the latter is 2⁻²⁴; where the product is rounded by itself, it is 0.
 */
const header = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 125, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10];
const x = [67, 0, 8, 128, 63, 253, 19];
const minusZ = [67, 0, 16, 128, 191, 253, 19];
const first = [253, 31, 0, 11];
const simdProbe = Uint8Array.from([...header, 24, 1, 22, 0, ...x, ...x, 253, 228, 1, ...first]);
const relaxedProbe = Uint8Array.from([...header, 31, 1, 29, 0, ...x, ...x, ...minusZ, 253, 133, 2, ...first]);

export function hasSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(simdProbe);
}

/** Whether the machine has relaxed SIMD that rounds once. Some have the instruction, and round twice: Bun on x64, and processors without FMA. */
export function hasRelaxedSimd(): boolean {
  if (!hasSimd()) return false;
  // Node 20 knows the instructions, and has them behind a flag that can be set until the first use.
  if (process?.versions?.node?.startsWith('20.')) {
    nodeParts()?.v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  }
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(relaxedProbe));
    return (exports.f as () => number)() > 0;
  } catch {
    return false;
  }
}

/** Whether memory can be shared with workers: always in Node, in a browser only on a page that is cross-origin isolated. */
export function hasSharedMemory(): boolean {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  return typeof SharedArrayBuffer === 'function' && (crossOriginIsolated ?? true);
}
