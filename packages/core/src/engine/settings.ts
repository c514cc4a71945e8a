import { ValueError } from '../errors.ts';
import type { OptionNames } from '../options/index.ts';
import type { LaneBits } from './lanes.ts';
import { coreCount, environment } from './support.ts';

/** Which kernels compute float32: plain TypeScript, WebAssembly SIMD, or that with fused multiply-add. */
export type EngineKind = 'reference' | 'simd' | 'relaxed';

export interface EngineOptions {
  /** Default: `TAPEGRAD_ENGINE`, or else the fastest that the machine can run. */
  readonly engine?: EngineKind;
  /**
   * How many threads compute, the calling one included. Default: `TAPEGRAD_THREADS`, or else as many as there are cores,
   * which is also how many compute when more are asked for.
   */
  readonly threads?: number;
  /** How many bits wide the lanes are that the kernels are written for. Default: `TAPEGRAD_LANES`, or else what is fastest. */
  readonly lanes?: LaneBits;
  /**
   * Whether 3×3 and 5×5 convolutions may be computed by Winograd's algorithm, with a quarter or a third of the products and about
   * twice the rounding error. Default: true.
   */
  readonly winograd?: boolean;
  /** How many bytes the engine's memory may grow to. Default and largest: 4 GiB. */
  readonly memoryLimit?: number;
  /** Whether ops that can be computed together are. Default: `TAPEGRAD_FUSION`, which is `on` or `off`, or else true. */
  readonly fusion?: boolean;
}

export const engineOptions: OptionNames<EngineOptions> = {
  engine: 'optional',
  threads: 'optional',
  lanes: 'optional',
  winograd: 'optional flag',
  memoryLimit: 'optional',
  fusion: 'optional flag',
};

export interface Settings {
  /** `undefined` for the fastest that there is. */
  engine: EngineKind | undefined;
  threads: number;
  /** `undefined` for the widest that are known to be fast. */
  lanes: LaneBits | undefined;
  winograd: boolean;
  memoryLimit: number;
  fusion: boolean;
}

const engineKinds: readonly EngineKind[] = ['reference', 'simd', 'relaxed'];
/** More would not help, and each costs memory. */
const mostThreads = 64;
const mostMemory = 2 ** 32;
const leastMemory = 2 ** 22;

/** The settings by the environment, or what they are when nobody says anything. */
export function settingsOfEnvironment(): Settings {
  const [engine, threads, lanes, fusion] = ['ENGINE', 'THREADS', 'LANES', 'FUSION'].map((name) =>
    environment(`TAPEGRAD_${name}`),
  );
  return {
    engine: engine ? checkKind('TAPEGRAD_ENGINE', engine) : undefined,
    threads: threads
      ? checkThreads('TAPEGRAD_THREADS', /^\d+$/.test(threads) ? Number(threads) : threads)
      : defaultThreads(),
    lanes: lanes ? checkLanes('TAPEGRAD_LANES', Number(lanes)) : undefined,
    winograd: true,
    memoryLimit: mostMemory,
    fusion: fusion ? checkFusion('TAPEGRAD_FUSION', fusion === 'on' || (fusion === 'off' ? false : fusion)) : true,
  };
}

function defaultThreads(): number {
  return Math.max(1, Math.min(mostThreads, coreCount()));
}

/** @throws ValueError when it is no engine */
export function checkKind(operation: string, kind: string): EngineKind {
  const known = engineKinds.find((name) => name === kind);
  if (known) return known;
  throw new ValueError({
    operation,
    got: `the engine ${JSON.stringify(kind)}`,
    wanted: `one of ${engineKinds.join(', ')}`,
    remedy: 'Leave it out for the fastest that this machine can run',
  });
}

/** @throws ValueError when it is no number of threads */
export function checkThreads(operation: string, threads: unknown): number {
  if (typeof threads === 'number' && Number.isInteger(threads) && threads >= 1 && threads <= mostThreads)
    return threads;
  throw new ValueError({
    operation,
    got: `${JSON.stringify(threads)} threads`,
    wanted: `a whole number from 1 to ${mostThreads}`,
    remedy: 'Leave it out for as many threads as there are cores',
  });
}

/** @throws ValueError when lanes cannot be so wide */
export function checkLanes(operation: string, lanes: number): LaneBits {
  if (lanes === 128 || lanes === 256) return lanes;
  throw new ValueError({
    operation,
    got: `lanes of ${lanes} bits`,
    wanted: '128 or 256',
    remedy: 'Leave it out for what is fastest on this machine',
  });
}

/** @throws ValueError when it is no limit of a memory */
export function checkMemoryLimit(operation: string, bytes: number): number {
  if (Number.isFinite(bytes) && bytes >= leastMemory && bytes <= mostMemory) return bytes;
  throw new ValueError({
    operation,
    got: `a memoryLimit of ${bytes} bytes`,
    wanted: `from ${leastMemory} (4 MiB) to ${mostMemory} (4 GiB)`,
    remedy: 'Leave it out for 4 GiB',
  });
}

/** @throws ValueError when it is neither on nor off */
export function checkFusion(operation: string, fusion: unknown): boolean {
  if (typeof fusion === 'boolean') return fusion;
  throw new ValueError({
    operation,
    got: `the fusion ${JSON.stringify(fusion)}`,
    wanted: 'true or false; on or off in the environment',
    remedy: 'Leave it out for true',
  });
}
