import { useEffect, useRef } from 'preact/hooks';

/** What keeps the arrow keys to itself. */
const own = 'input, select, textarea, .scrolling';

/** Calls `go` with where the arrow keys, Home and End lead, wherever the focus is, unless something there needs them. */
export function useArrowKeys(index: number, count: number, go: (index: number) => void): void {
  const press = useRef<(event: KeyboardEvent) => void>(() => {});
  press.current = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.matches(own)) return;
    const isInBox = event.target instanceof Element && event.target.closest('.steps-machine') !== null;
    const positions = new Map([
      ['ArrowLeft', index - 1],
      ['ArrowRight', index + 1],
      // Elsewhere on the page they scroll.
      ...(isInBox
        ? ([
            ['Home', 0],
            ['End', count - 1],
          ] as const)
        : []),
    ]);
    const position = positions.get(event.key);
    if (position === undefined) return;
    event.preventDefault();
    go(Math.min(Math.max(position, 0), count - 1));
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => press.current(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
