import { useEffect, useState } from 'preact/hooks';
import { type Asked, connect } from '../worker/connect.ts';
import type { Answers } from '../worker/protocol.ts';

/** A worker that lives as long as what uses it, and the functions that it serves. */
export function useWorker<Known extends Answers>(make: () => Worker): Asked<Known> {
  const [{ asked, end }] = useState(() => connect<Known>(make));
  useEffect(() => end, [end]);
  return asked;
}
