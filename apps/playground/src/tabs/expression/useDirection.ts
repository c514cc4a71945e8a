import type { Direction } from '@tapegrad/explain';
import { useEffect, useState } from 'preact/hooks';

/** On a wide page the tape runs to the right, so that all of it is in sight below what is typed; on a narrow one down. */
const wide = '(min-width: 56rem)';

/** Which way the tape runs, as wide as the page is now. */
export function useDirection(): Direction {
  const [isWide, setWide] = useState(() => matchMedia(wide).matches);
  useEffect(() => {
    const query = matchMedia(wide);
    const follow = (): void => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isWide ? 'right' : 'down';
}
