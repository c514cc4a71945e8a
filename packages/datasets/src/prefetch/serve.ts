import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { buffersOf, type Preparation, prepareBatch } from '../batches/prepare.ts';
import type { StoredSamples } from '../batches/stored.ts';
import type { Transform } from '../transforms/kinds.ts';
import type { OwnTransform } from '../transforms/own.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { nodeThreads } from './port.ts';

/** What a worker's module hands to {@link servePrefetch}. */
export interface ServePrefetchOptions {
  /** The transforms of one's own that batches are made with: what `ownTransform` gave. */
  readonly transforms?: readonly OwnTransform<never>[];
}

const serveOptions: OptionNames<ServePrefetchOptions> = { transforms: 'optional' };

/**
 * Makes batches ahead for a {@link Prefetcher}: all that a worker's module has to call.
 *
 * In Node a worker of tapegrad's own is started where none is named. In a browser, whose bundler has to know of the file,
 * it is one of two lines, and is started with `new Worker(new URL('./batches.ts', import.meta.url), { type: 'module' })`.
 *
 * @example servePrefetch(); // the only line of the worker's module, besides its import
 */
export function servePrefetch(options: ServePrefetchOptions = {}, ...surplus: []): void {
  checkSurplus('servePrefetch', surplus);
  const { transforms = [] } = checkOptions('servePrefetch', options, serveOptions);
  const port = nodeThreads()?.parentPort;
  if (port) {
    const answer = answerer((message, transfer) => port.postMessage(message, transfer), transforms);
    port.on('message', (message) => answer(message as ToWorker));
    return;
  }
  const answer = answerer(
    (message, transfer) => globalThis.postMessage(message, { transfer: [...transfer] }),
    transforms,
  );
  globalThis.addEventListener('message', ({ data }) => answer(data));
}

/** Answers what a worker is told. Says first that it is there. */
export function answerer(
  post: (message: FromWorker, transfer: readonly ArrayBuffer[]) => void,
  own: readonly OwnTransform<never>[] = [],
): (message: ToWorker) => void {
  let stored: StoredSamples | undefined;
  let preparation: Preparation | undefined;
  post({ kind: 'ready' }, []);
  return (message) => {
    if (message.kind === 'dataset') stored = message.stored;
    if (message.kind === 'pass') preparation = withOwn(message.preparation, own);
    if (message.kind !== 'batch') return;
    const { request, number, indices } = message;
    try {
      if (!stored || !preparation) throw new Error('a batch asked for before its dataset');
      const batch = prepareBatch(stored, preparation, indices, number);
      post({ kind: 'batch', request, batch }, buffersOf(batch));
    } catch {
      post({ kind: 'failed', request }, []);
    }
  };
}

/** The same preparation, in which transforms of one's own can do again what they do. */
function withOwn(preparation: Preparation, own: readonly OwnTransform<never>[]): Preparation {
  const known = (transform: Transform): Transform => {
    if (transform.kind === 'compose') return { ...transform, transforms: transform.transforms.map(known) };
    if (transform.kind !== 'own') return transform;
    return { ...transform, change: own.find((each) => each.transform === transform.name)?.change };
  };
  return preparation.transform ? { ...preparation, transform: known(preparation.transform) } : preparation;
}
