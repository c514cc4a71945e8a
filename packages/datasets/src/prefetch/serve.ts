import { checkSurplus } from '@tapegrad/core/authors';
import { type Preparation, prepareBatch, type StoredImages } from '../gather.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { nodeThreads } from './port.ts';

/**
 * Makes batches ahead for a {@link Prefetcher}: all that a worker's module has to call.
 *
 * In Node a worker of tapegrad's own is started where none is named. In a browser, whose bundler has to know of the file,
 * it is one of two lines, and is started with `new Worker(new URL('./batches.ts', import.meta.url), { type: 'module' })`.
 *
 * @example servePrefetch(); // the only line of the worker's module, besides its import
 */
export function servePrefetch(...surplus: []): void {
  checkSurplus('servePrefetch', surplus);
  const port = nodeThreads()?.parentPort;
  if (port) {
    const answer = answerer((message, transfer) => port.postMessage(message, transfer));
    port.on('message', (message) => answer(message as ToWorker));
    return;
  }
  const answer = answerer((message, transfer) => globalThis.postMessage(message, { transfer: [...transfer] }));
  globalThis.addEventListener('message', ({ data }) => answer(data));
}

/** Answers what a worker is told. Says first that it is there. */
export function answerer(
  post: (message: FromWorker, transfer: readonly ArrayBuffer[]) => void,
): (message: ToWorker) => void {
  let stored: StoredImages | undefined;
  let preparation: Preparation | undefined;
  post({ kind: 'ready' }, []);
  return (message) => {
    if (message.kind === 'dataset') stored = message.stored;
    if (message.kind === 'pass') preparation = message.preparation;
    if (message.kind !== 'batch') return;
    const { request, number, indices } = message;
    try {
      if (!stored || !preparation) throw new Error('a batch asked for before its dataset');
      const batch = prepareBatch(stored, preparation, indices, number);
      post({ kind: 'batch', request, batch }, [batch.images.buffer, batch.labels.buffer]);
    } catch {
      post({ kind: 'failed', request }, []);
    }
  };
}
