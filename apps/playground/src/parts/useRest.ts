import { useEffect, useState } from 'preact/hooks';

/** A hand that has not moved for so long rests, in milliseconds. */
const moment = 200;

/**
 * Whether what this text says has not changed for a moment, as it does while something is dragged: what takes longer than a
 * finger waits for may be computed then. It rests at the beginning.
 */
export function useRest(text: string): boolean {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), moment);
    return () => clearTimeout(timer);
  }, [text]);
  return rested === text;
}
