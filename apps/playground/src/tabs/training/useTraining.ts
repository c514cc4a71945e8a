import { useEffect, useState } from 'preact/hooks';
import { type Listener, Session } from './session.ts';
import type { Known } from './store.ts';

/** The training of the page, once somebody has looked at it. */
let session: Session | undefined;

/**
 * The training of the page, and what it has told so far.
 *
 * @param onWeights takes the file of weights that was asked for
 */
export function useTraining(onWeights: Listener['onWeights']): readonly [known: Known, session: Session] {
  const [current] = useState(() => {
    session ??= new Session(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
    return session;
  });
  const [known, setKnown] = useState(current.known);
  useEffect(() => current.listen({ onKnown: setKnown, onWeights }), [current, onWeights]);
  return [known, current];
}
