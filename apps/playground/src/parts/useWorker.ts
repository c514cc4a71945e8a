import { useEffect, useState } from 'preact/hooks';
import { type Asked, ask } from '../worker/ask.ts';
import type { Answers } from '../worker/protocol.ts';

/** A worker that lives as long as what uses it, and the functions that it serves. */
export function useWorker<Known extends Answers>(make: () => Worker): Asked<Known> {
  const [{ worker, asked }] = useState(() => {
    const worker = make();
    return { worker, asked: ask<Known>(worker) };
  });
  useEffect(() => () => worker.terminate(), [worker]);
  return asked;
}
