import { Worker } from 'node:worker_threads';
import type { CaseOfFile } from './folder.ts';
import type { Result } from './outcome.ts';

/** What a worker is told: which cases of which folder, and with which to begin. */
export interface Work {
  readonly folder: string;
  readonly dataFolder: string | undefined;
  readonly only: string | undefined;
  readonly from: number;
}

/** What a worker tells. */
export type Message =
  | { readonly kind: 'started'; readonly index: number }
  | { readonly kind: 'finished'; readonly index: number; readonly result: Result };

/**
 * Runs cases in a worker, so that one that never ends can be ended: it fails, and a new worker goes on with the next.
 *
 * @param cases the very cases that the worker will find, in that order
 * @param seconds how long a case may take
 */
export async function runSupervised(
  cases: readonly CaseOfFile[],
  work: Omit<Work, 'from'>,
  seconds: number,
): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < cases.length) {
    const reason = await runFrom({ ...work, from: results.length }, results, cases.length, seconds);
    if (reason === undefined) continue;
    const { file, op, name } = cases[results.length];
    results.push({ file, op, name, outcome: { kind: 'failed', reason }, seconds });
  }
  return results;
}

/** Adds results until all are there; otherwise says why the case after the last result has none. */
function runFrom(work: Work, results: Result[], count: number, seconds: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    // The compiled file: workers run what `tsc` made.
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: work });
    let clock: NodeJS.Timeout | undefined;
    const end = (reason: string | undefined): void => {
      clearTimeout(clock);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      void worker.terminate().then(() => resolve(reason));
    };
    worker.on('message', (message: Message) => {
      clearTimeout(clock);
      if (message.kind === 'started') {
        clock = setTimeout(() => end(`no result after ${seconds} s`), seconds * 1000);
        return;
      }
      results.push(message.result);
      if (results.length === count) end(undefined);
    });
    worker.on('error', (error) => end(`ended its worker: ${error instanceof Error ? error.message : String(error)}`));
    worker.on('exit', (code) => end(`ended its worker with code ${code}`));
  });
}
