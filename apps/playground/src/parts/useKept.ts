import { useCallback, useState } from 'preact/hooks';

/** What was kept, by name. */
const values = new Map<string, unknown>();

/**
 * A state that outlives its component, so that it is there again when its tab is; for what has no business in an address,
 * such as an answer that was guessed. Another page load begins anew.
 */
export function useKept<Value>(name: string, initial: Value): [value: Value, set: (value: Value) => void] {
  const [value, setValue] = useState(() => (values.has(name) ? (values.get(name) as Value) : initial));
  const set = useCallback(
    (next: Value) => {
      values.set(name, next);
      setValue(next);
    },
    [name],
  );
  return [value, set];
}
