import type { PlatformUrl, PlatformWorker } from '../platform.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** A worker, whatever the platform calls its parts. */
export interface WorkerPort {
  post(message: ToWorker): void;
  /** Keeps the program from ending while something is awaited, or lets it end. */
  hold(isHeld: boolean): void;
  end(): void;
}

/** Who hears from a worker. */
export interface WorkerListener {
  message(message: FromWorker): void;
  /** The worker has failed, with a reason in a few words. */
  failure(reason: string): void;
}

/** A worker of Node, as far as it is needed. */
interface NodeWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
  ref(): void;
  unref(): void;
  on(event: 'message' | 'error' | 'exit' | 'messageerror', listener: (value: unknown) => void): unknown;
}

interface NodeThreads {
  readonly Worker: new (source: PlatformUrl, options: { readonly execArgv: readonly string[] }) => NodeWorker;
  readonly parentPort: {
    postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
    on(event: 'message', listener: (message: unknown) => void): unknown;
  } | null;
}

interface NodeProcess {
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: string): unknown;
}

/** Node's threads, without an import, which a browser could not resolve; `undefined` outside of Node. */
export function nodeThreads(): NodeThreads | undefined {
  const { process } = globalThis as { readonly process?: NodeProcess };
  if (!process?.versions?.node) return undefined;
  return process.getBuiltinModule?.('node:worker_threads') as NodeThreads | undefined;
}

/**
 * Starts a worker.
 *
 * @param worker makes one, or says where its module is, which only Node can do with; left out, in Node, it is ours
 * @returns `undefined` where there is none to start
 * @throws what the platform throws when it cannot be started
 */
export function startWorker(
  worker: PlatformUrl | (() => PlatformWorker) | undefined,
  listener: WorkerListener,
): WorkerPort | undefined {
  if (typeof worker === 'function') return webPort(worker(), listener);
  const threads = nodeThreads();
  if (!threads) return undefined;
  // A variable, so that no bundler takes this for a file that it has to carry along.
  const own = './worker.js';
  return nodePort(new threads.Worker(worker ?? new URL(own, import.meta.url), { execArgv: [] }), listener);
}

function webPort(worker: PlatformWorker, listener: WorkerListener): WorkerPort {
  worker.onmessage = ({ data }) => listener.message(data);
  worker.onerror = (event) => {
    event.preventDefault();
    listener.failure(event.message || 'it could not be loaded');
  };
  worker.onmessageerror = () => listener.failure('a message was lost');
  return { post: (message) => worker.postMessage(message), hold: () => undefined, end: () => worker.terminate() };
}

function nodePort(worker: NodeWorker, listener: WorkerListener): WorkerPort {
  worker.on('message', (message) => listener.message(message as FromWorker));
  worker.on('error', (error) => listener.failure(error instanceof Error ? error.message : String(error)));
  worker.on('messageerror', () => listener.failure('a message was lost'));
  worker.on('exit', () => listener.failure('it has ended'));
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}
