import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { readAddress, writeAddress } from './address.ts';
import { type Fields, readFields, type ValuesOf, writeFields } from './fields.ts';

/** Browsers refuse an address that changes too often, as it does while something is dragged. */
const settling = 300;

/**
 * The state of a tab, kept in the page's address: what it is now, a way to change some of it, and one back to the beginning.
 * An address that somebody else changes (a link, the browser's own buttons) changes the state.
 */
export function useFields<Described extends Fields>(
  tab: string,
  fields: Described,
): [values: ValuesOf<Described>, change: (some: Partial<ValuesOf<Described>>) => void, reset: () => void] {
  const [values, setValues] = useState(() => readFields(fields, readAddress(location.hash).state));
  const written = useRef(location.hash);

  useEffect(() => {
    const timer = setTimeout(() => {
      if (readAddress(location.hash).tab !== tab) return;
      const hash = writeAddress(tab, writeFields(fields, values));
      if (hash === location.hash) return;
      written.current = hash;
      history.replaceState(null, '', hash);
    }, settling);
    return () => clearTimeout(timer);
  }, [tab, fields, values]);

  useEffect(() => {
    const follow = (): void => {
      const { tab: shown, state } = readAddress(location.hash);
      if (shown === tab && location.hash !== written.current) setValues(readFields(fields, state));
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [tab, fields]);

  const change = useCallback(
    (some: Partial<ValuesOf<Described>>) => setValues((before) => ({ ...before, ...some })),
    [],
  );
  const reset = useCallback(() => setValues(readFields(fields, new URLSearchParams())), [fields]);
  return [values, change, reset];
}
