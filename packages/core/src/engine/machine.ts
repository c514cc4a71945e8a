import { EngineError } from '../errors.ts';
import { checkOptions, checkSurplus } from '../options/index.ts';
import { warn } from '../warnings.ts';
import { Heap } from './heap.ts';
import type { LaneBits } from './lanes.ts';
import { load } from './load.ts';
import { Pool } from './pool.ts';
import {
  checkFusion,
  checkKind,
  checkLanes,
  checkMemoryLimit,
  checkThreads,
  type EngineKind,
  type EngineOptions,
  engineOptions,
  type Settings,
  settingsOfEnvironment,
} from './settings.ts';
import { type Machine, state } from './state.ts';
import { coreCount, hasRelaxedSimd, hasSharedMemory, hasSimd } from './support.ts';
import { jobBytes } from './worker.ts';

/** What the engine is and does, for people and reports. */
export interface EngineInfo {
  readonly engine: EngineKind;
  /** How many threads compute, the calling one included; no more than there are cores. */
  readonly threads: number;
  /** How many bits wide the lanes of the kernels are, and why; `null` for the reference kernels. */
  readonly lanes: LaneBits | null;
  readonly lanesReason: string;
  /** Whether memory is shared with workers. */
  readonly sharedMemory: boolean;
  /** How large the engine's memory is, in bytes, and how much of it is held by what. */
  readonly memoryBytes: number;
  readonly heldBytes: Readonly<Record<string, number>>;
  /** Whether fusion is on. */
  readonly fusion: boolean;
  /** What is not as fast as it could be, and why. */
  readonly notes: readonly string[];
}

/** The first 64 KiB hold the constants of the kernels, which every thread writes when it starts. */
const heapStart = 65_536;
const pages = { initial: 64, maximum: 65_536 };

/** The engine, started at its first use; `null` where the reference kernels do all. */
export function machine(): Machine | null {
  return state.machine === undefined ? start() : state.machine;
}

/** The engine if it was started already, for those who only want to know what became of their memory. */
export function heapInUse(): Heap | undefined {
  return state.memory?.heap;
}

/**
 * Sets how float32 is computed. May be called at any time; tensors stay valid.
 *
 * @example configureEngine({ threads: 1 });
 * @throws ValueError when an option is out of range
 * @throws EngineError when the machine cannot run that engine, and nothing has changed then
 */
export function configureEngine(options: EngineOptions, ...surplus: []): void {
  checkSurplus('configureEngine', surplus);
  checkOptions('configureEngine', options, engineOptions);
  const operation = 'configureEngine';
  const before = currentSettings();
  const { engine = before.engine, threads = before.threads, lanes = before.lanes } = options;
  const { winograd = before.winograd, memoryLimit = before.memoryLimit, fusion = before.fusion } = options;
  const wanted: Settings = {
    engine: engine && checkKind(operation, engine),
    threads: checkThreads(operation, threads),
    lanes: lanes && checkLanes(operation, lanes),
    winograd,
    memoryLimit: checkMemoryLimit(operation, memoryLimit),
    fusion: checkFusion(operation, fusion),
  };
  if (wanted.engine) checkCanRun(operation, wanted.engine);
  state.settings = wanted;
  if (state.memory) state.memory.heap.limit = wanted.memoryLimit;
  if (state.machine === undefined) return;
  if (wanted.engine !== before.engine || wanted.lanes !== before.lanes) stop();
  else if (state.machine) setThreads(state.machine);
}

/**
 * What the engine is and does. Starts it, if it was not started yet.
 *
 * @example engineInfo().threads >= 1 // true
 */
export function engineInfo(...surplus: []): EngineInfo {
  checkSurplus('engineInfo', surplus);
  const engine = machine();
  const { memory, notes } = state;
  const held: Record<string, number> = {};
  for (const { kind, bytes } of memory?.heap.accounts ?? []) held[kind] = (held[kind] ?? 0) + bytes;
  return {
    engine: engine?.kind ?? 'reference',
    threads: engine?.pool?.threads ?? 1,
    lanes: engine?.lanes ?? null,
    lanesReason: engine?.lanesReason ?? 'the reference kernels compute one number at a time',
    sharedMemory: memory?.shared ?? false,
    memoryBytes: memory?.heap.size ?? 0,
    heldBytes: held,
    fusion: fusionIsOn(),
    notes: [...notes],
  };
}

/** How many threads a kernel may meet, for those who give each its own room. */
export function threadCount(): number {
  return state.machine?.pool?.threads ?? 1;
}

/** Whether 3×3 and 5×5 convolutions may be computed by Winograd's algorithm. */
export function usesWinograd(): boolean {
  return currentSettings().winograd;
}

/** Whether fusion is on: a tape asks when it is opened. */
export function fusionIsOn(): boolean {
  return currentSettings().fusion;
}

/**
 * Goes on without the other threads, after one of them failed. They are stopped, wherever they are: one that was only late
 * would write into memory that has another owner by then.
 */
export function giveUpThreads(): void {
  const { machine } = state;
  if (!machine?.pool) return;
  machine.pool.stop();
  machine.pool = null;
  currentSettings().threads = 1;
  note('a thread failed, and one thread does all since');
}

function currentSettings(): Settings {
  state.settings ??= settingsOfEnvironment();
  return state.settings;
}

function start(): Machine | null {
  state.notes = [];
  const wanted = currentSettings().engine;
  if (wanted) checkCanRun('engine', wanted);
  const kind = wanted ?? (hasRelaxedSimd() ? 'relaxed' : hasSimd() ? 'simd' : 'reference');
  if (kind === 'reference') {
    if (!wanted) note('this machine has no WebAssembly SIMD: the reference kernels do all');
    state.machine = null;
    return null;
  }
  try {
    state.machine = assemble(kind);
    setThreads(state.machine);
  } catch (error) {
    state.machine = null;
    const reason = error instanceof Error ? error.message : error;
    const text = `the WebAssembly kernels could not be started (${reason}): the reference kernels do all`;
    note(text);
    warn({ code: 'ENGINE_FALLBACK', operation: 'engine', message: text });
  }
  return state.machine;
}

function stop(): void {
  state.machine?.pool?.close();
  state.machine = undefined;
}

function assemble(kind: 'simd' | 'relaxed'): Machine {
  state.memory ??= openMemory();
  const { heap } = state.memory;
  const { module, routines, lanes, lanesReason, isFaulty } = load(heap, kind, currentSettings().lanes);
  if (isFaulty) {
    const text = `${lanesReason}: they have 128 bits`;
    note(text);
    warn({ code: 'ENGINE_FALLBACK', operation: 'engine', message: text });
  }
  const openPool = (threads: number): Pool => {
    const job = heap.take(jobBytes, heap.lasting).pointer;
    const start = { module, memory: heap.memory, lanes, job, routines: Object.keys(routines) };
    return new Pool(start, routines, threads);
  };
  return { kind, lanes, lanesReason, heap, routines, pool: null, openPool };
}

/** A memory that can grow as far as the machine lets it. */
function openMemory(): { heap: Heap; shared: boolean } {
  const { memoryLimit } = currentSettings();
  const shared = hasSharedMemory();
  for (let maximum = pages.maximum; ; maximum /= 4) {
    try {
      const memory = new WebAssembly.Memory({ initial: pages.initial, maximum, shared });
      return { heap: new Heap(memory, heapStart, memoryLimit, () => state.restartableWork > 0), shared };
    } catch (error) {
      if (maximum <= pages.initial) throw error;
    }
  }
}

/** Threads that share a core wait for each other in every kernel: eight on two cores take twice the time of one. */
const moreThanCores = 'more than there are cores would wait for each other';

function setThreads(engine: Machine): void {
  const { threads: wanted } = currentSettings();
  const threads = Math.min(wanted, Math.max(1, coreCount()));
  state.notes = state.notes.filter((text) => !text.endsWith(moreThanCores));
  if (threads < wanted) note(`${threads} of ${wanted} threads compute: ${moreThanCores}`);
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
  if (!state.notes.includes(text)) state.notes.push(text);
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
