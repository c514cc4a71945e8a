import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { readAddress } from './address.ts';
import { type Fields, isSaidIn, readFields, type ValuesOf, writeFields } from './fields.ts';
import { dropWaiting, showState } from './shownAddress.ts';

/** The state of the tabs that were shown before, by tab: who comes back finds it as it was. */
const kept = new Map<string, unknown>();

/**
 * The state of a tab, kept in the page's address: what it is now, a way to change some of it, and one back to the beginning.
 * An address that somebody else changes (a link, the browser's own buttons) changes the state; one that says nothing of
 * it leaves it as it was when the tab was left.
 */
export function useFields<Described extends Fields>(
  tab: string,
  fields: Described,
): [values: ValuesOf<Described>, change: (some: Partial<ValuesOf<Described>>) => void, reset: () => void] {
  const [values, setValues] = useState(() => {
    const { state } = readAddress(location.hash);
    const before = isSaidIn(state, fields) ? undefined : (kept.get(tab) as ValuesOf<Described> | undefined);
    return before ?? readFields(fields, state);
  });
  // A tab that shows what the address says has nothing to write; one that comes back has.
  const isWritten = useRef(!kept.has(tab));

  useEffect(() => {
    kept.set(tab, values);
    showState(tab, writeFields(fields, values), { isChange: !isWritten.current });
    isWritten.current = false;
  }, [tab, fields, values]);
  useEffect(() => dropWaiting, []);

  useEffect(() => {
    const follow = (): void => {
      const { tab: named, state } = readAddress(location.hash);
      if (named !== tab) return;
      if (isSaidIn(state, fields)) setValues(readFields(fields, state));
      else showState(tab, writeFields(fields, kept.get(tab) as ValuesOf<Described>), { isChange: true });
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
