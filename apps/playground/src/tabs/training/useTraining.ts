import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Order, Report } from './protocol.ts';
import { type Known, nothingKnown, Store } from './store.ts';

/** The page draws at most so often, in milliseconds, however often the worker reports. */
const drawInterval = 100;

/**
 * A worker that trains for as long as the page shows it: what it has told so far, and a way to tell it something.
 *
 * @param onWeights takes the file of weights that was asked for
 */
export function useTraining(
  onWeights: (name: string, bytes: Uint8Array<ArrayBuffer>) => void,
): readonly [known: Known, tell: (order: Order) => void] {
  const [known, setKnown] = useState(nothingKnown);
  const worker = useRef<Worker | undefined>(undefined);
  const waiting = useRef<Order[]>([]);
  const takeWeights = useRef(onWeights);
  takeWeights.current = onWeights;

  useEffect(() => {
    const store = new Store();
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastDrawn = 0;
    const draw = (): void => {
      timer = undefined;
      lastDrawn = performance.now();
      setKnown(store.known);
    };
    const receive = (report: Report): void => {
      if (report.kind === 'weights') {
        takeWeights.current(report.name, report.bytes);
        return;
      }
      store.receive(report);
      timer ??= setTimeout(draw, Math.max(0, lastDrawn + drawInterval - performance.now()));
    };
    started.addEventListener('message', ({ data }: MessageEvent<Report>) => receive(data));
    started.addEventListener('error', ({ message }) =>
      receive({ kind: 'failed', during: 'begin', failure: { name: 'Error', message } }),
    );
    worker.current = started;
    for (const order of waiting.current.splice(0)) started.postMessage(order);
    return () => {
      clearTimeout(timer);
      started.terminate();
      worker.current = undefined;
    };
  }, []);

  const tell = useCallback((order: Order): void => {
    if (worker.current) worker.current.postMessage(order);
    else waiting.current.push(order);
  }, []);
  return [known, tell];
}
