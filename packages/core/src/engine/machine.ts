import { EngineError } from '../errors.ts';
import { warn } from '../warnings.ts';
import { binary } from './binary.ts';
import { Heap } from './heap.ts';
import { Pool, type Routine } from './pool.ts';
import { adapt } from './rewrite.ts';
import {
  checkKind,
  checkMemoryLimit,
  checkThreads,
  type EngineKind,
  type EngineOptions,
  type Settings,
  settingsOfEnvironment,
} from './settings.ts';
import { hasRelaxedSimd, hasSharedMemory, hasSimd } from './support.ts';
import { unpack } from './unpack.ts';
import { jobBytes } from './worker.ts';

/** The kernels in WebAssembly at work on one memory. */
export interface Machine {
  readonly kind: 'simd' | 'relaxed';
  readonly heap: Heap;
  readonly routines: Readonly<Record<string, Routine>>;
  /** `null` while one thread does all. */
  pool: Pool | null;
  /** Starts so many threads. */
  readonly openPool: (threads: number) => Pool;
}

/** What the engine is and does, for people and reports. */
export interface EngineInfo {
  readonly engine: EngineKind;
  /** How many threads compute, the calling one included. */
  readonly threads: number;
  /** Whether memory is shared with workers. */
  readonly sharedMemory: boolean;
  /** How large the engine's memory is, in bytes, and how much of it is held by what. */
  readonly memoryBytes: number;
  readonly heldBytes: Readonly<Record<string, number>>;
  /** What is not as fast as it could be, and why. */
  readonly notes: readonly string[];
}

/** The first 64 KiB hold the constants of the kernels, which every thread writes when it starts. */
const heapStart = 65_536;
const pages = { initial: 64, maximum: 65_536 };

let settings: Settings | undefined;
let memory: { heap: Heap; shared: boolean } | undefined;
let running: Machine | null | undefined;
let notes: string[] = [];

/** The engine, started at its first use; `null` where the reference kernels do all. */
export function machine(): Machine | null {
  return running === undefined ? start() : running;
}

/** The engine if it was started already, for those who only want to know what became of their memory. */
export function heapInUse(): Heap | undefined {
  return memory?.heap;
}

/**
 * Sets how float32 is computed. May be called at any time; tensors stay valid.
 *
 * @throws ValueError when an option is out of range
 * @throws EngineError when the machine cannot run that engine, and nothing has changed then
 */
export function configureEngine(options: EngineOptions): void {
  const operation = 'configureEngine';
  const before = currentSettings();
  const {
    engine = before.engine,
    threads = before.threads,
    memoryLimit = before.memoryLimit,
    fusion = before.fusion,
  } = options;
  const wanted: Settings = {
    engine: engine && checkKind(operation, engine),
    threads: checkThreads(operation, threads),
    memoryLimit: checkMemoryLimit(operation, memoryLimit),
    fusion,
  };
  if (wanted.engine) checkCanRun(operation, wanted.engine);
  settings = wanted;
  if (memory) memory.heap.limit = wanted.memoryLimit;
  if (running === undefined) return;
  if (wanted.engine !== before.engine) stop();
  else if (running) setThreads(running);
}

/** What the engine is and does. Starts it, if it was not started yet. */
export function engineInfo(): EngineInfo {
  const engine = machine();
  const held: Record<string, number> = {};
  for (const { kind, bytes } of memory?.heap.accounts ?? []) held[kind] = (held[kind] ?? 0) + bytes;
  return {
    engine: engine?.kind ?? 'reference',
    threads: engine?.pool?.threads ?? 1,
    sharedMemory: memory?.shared ?? false,
    memoryBytes: memory?.heap.size ?? 0,
    heldBytes: held,
    notes: [...notes],
  };
}

/** How many threads a kernel may meet, for those who give each its own room. */
export function threadCount(): number {
  return running?.pool?.threads ?? 1;
}

/** Whether ops that are faster together are computed together. */
export function fusionIsOn(): boolean {
  return currentSettings().fusion;
}

/** Goes on without the other threads, after one of them failed. */
export function giveUpThreads(): void {
  if (!running?.pool) return;
  running.pool.close();
  running.pool = null;
  currentSettings().threads = 1;
  note('a thread failed, and one thread does all since');
}

function currentSettings(): Settings {
  settings ??= settingsOfEnvironment();
  return settings;
}

function start(): Machine | null {
  notes = [];
  const wanted = currentSettings().engine;
  if (wanted) checkCanRun('engine', wanted);
  const kind = wanted ?? (hasRelaxedSimd() ? 'relaxed' : hasSimd() ? 'simd' : 'reference');
  if (kind === 'reference') {
    if (!wanted) note('this machine has no WebAssembly SIMD: the reference kernels do all');
    running = null;
    return null;
  }
  try {
    running = assemble(kind);
    setThreads(running);
  } catch (error) {
    running = null;
    note(
      `the WebAssembly kernels could not be started (${error instanceof Error ? error.message : error}): the reference kernels do all`,
    );
    warn({ code: 'ENGINE_FALLBACK', operation: 'engine', message: notes[notes.length - 1] });
  }
  return running;
}

function stop(): void {
  running?.pool?.close();
  running = undefined;
}

function assemble(kind: 'simd' | 'relaxed'): Machine {
  memory ??= openMemory();
  const { heap, shared } = memory;
  const bytes = unpack(binary);
  const relaxed = kind === 'relaxed';
  const module = new WebAssembly.Module(shared && relaxed ? bytes : adapt(bytes, { shared, relaxed }));
  const { exports } = new WebAssembly.Instance(module, { env: { memory: heap.memory as WebAssembly.Memory } });
  const routines = exports as Record<string, Routine>;
  const openPool = (threads: number): Pool => {
    const job = heap.take(jobBytes, heap.lasting).pointer;
    return new Pool({ module, memory: heap.memory, job, routines: Object.keys(routines) }, routines, threads);
  };
  return { kind, heap, routines, pool: null, openPool };
}

/** A memory that can grow as far as the machine lets it. */
function openMemory(): { heap: Heap; shared: boolean } {
  const { memoryLimit } = currentSettings();
  const shared = hasSharedMemory();
  for (let maximum = pages.maximum; ; maximum /= 4) {
    try {
      const memory = new WebAssembly.Memory({ initial: pages.initial, maximum, shared });
      return { heap: new Heap(memory, heapStart, memoryLimit), shared };
    } catch (error) {
      if (maximum <= pages.initial) throw error;
    }
  }
}

function setThreads(engine: Machine): void {
  const { threads } = currentSettings();
  if (threads === (engine.pool?.threads ?? 1)) return;
  engine.pool?.close();
  engine.pool = null;
  if (threads === 1) return;
  if (!engine.heap.isShared) {
    note('memory cannot be shared here (a page has to be cross-origin isolated for it): one thread does all');
    return;
  }
  try {
    engine.pool = engine.openPool(threads);
  } catch (error) {
    note(`no worker could be started (${error instanceof Error ? error.message : error}): one thread does all`);
  }
}

function note(text: string): void {
  if (!notes.includes(text)) notes.push(text);
}

/** Throws an EngineError unless the machine can run that engine. */
function checkCanRun(operation: string, kind: EngineKind): void {
  if (kind === 'reference' || (kind === 'simd' ? hasSimd() : hasRelaxedSimd())) return;
  throw new EngineError({
    operation,
    got: `the engine ${kind} on a machine whose WebAssembly has no ${kind === 'simd' ? 'SIMD' : 'relaxed SIMD'}`,
    wanted: kind === 'simd' ? 'reference' : hasSimd() ? 'simd or reference' : 'reference',
    remedy: 'Leave the engine out for the fastest that this machine can run',
  });
}
