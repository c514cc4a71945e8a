import { failureOf, workerCode } from '../../worker/protocol.ts';
import type { Order, Report } from './protocol.ts';
import { type Known, Store } from './store.ts';

/** The page draws at most so often, in milliseconds, however often the worker reports. */
const drawInterval = 100;

/** Who is told of news: what is known, and files of weights that were asked for. */
export interface Listener {
  readonly onKnown: (known: Known) => void;
  readonly onWeights: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
}

/**
 * A training that lives as long as the page: whoever looks at another tab meanwhile finds it as far as it has come. Its worker
 * starts with the first order, and anew after it died.
 */
export class Session {
  readonly #make: () => Worker;
  readonly #store = new Store();
  #worker: Worker | undefined;
  #listener: Listener | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastDrawn = 0;
  /** What the net that trains was built from; another beginning builds another. */
  #begun = '';

  constructor(make: () => Worker) {
    this.#make = make;
  }

  get known(): Known {
    return this.#store.known;
  }

  /** Tells the listener of news from now on; returns the end of that. */
  listen(listener: Listener): () => void {
    this.#listener = listener;
    listener.onKnown(this.known);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  tell(order: Order): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(order);
  }

  /** Builds a net, unless the one that is there was built from the same. */
  beginOnce(order: Order & { readonly kind: 'begin' }): void {
    if (this.#begun === keyOf(order)) return;
    this.begin(order);
  }

  /** Builds a net anew. */
  begin(order: Order & { readonly kind: 'begin' }): void {
    this.#begun = keyOf(order);
    this.tell(order);
  }

  /** Says that what is there is what this order would build, though it came about otherwise: from a file. */
  isAsBegunBy(order: Order & { readonly kind: 'begin' }): void {
    this.#begun = keyOf(order);
  }

  #start(): Worker {
    const worker = this.#make();
    worker.addEventListener('message', ({ data }: MessageEvent<Report>) => this.#receive(data));
    worker.addEventListener('error', ({ message }) => {
      worker.terminate();
      this.#worker = undefined;
      this.#begun = '';
      const failure = { ...failureOf(new Error(message || 'it did not start')), code: workerCode };
      this.#receive({ kind: 'failed', during: 'begin', failure });
    });
    return worker;
  }

  #receive(report: Report): void {
    if (report.kind === 'weights') {
      this.#listener?.onWeights(report.name, report.bytes);
      return;
    }
    this.#store.receive(report);
    this.#timer ??= setTimeout(() => this.#draw(), Math.max(0, this.#lastDrawn + drawInterval - performance.now()));
  }

  #draw(): void {
    this.#timer = undefined;
    this.#lastDrawn = performance.now();
    this.#listener?.onKnown(this.known);
  }
}

/** What a net is built from. The learning rate is no part of it: it changes while the net trains. */
function keyOf({ settings: { learningRate: _, ...settings }, threads, digits }: Order & { kind: 'begin' }): string {
  return JSON.stringify([settings, threads, digits]);
}
