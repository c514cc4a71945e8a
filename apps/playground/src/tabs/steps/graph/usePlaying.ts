import { useEffect, useRef, useState } from 'preact/hooks';

/** How long a step stays at speed 1, in milliseconds. */
const stay = 1400;

/** Plays the walk: one step after another until the end. */
export function usePlaying(
  index: number,
  count: number,
  speed: number,
  go: (index: number) => void,
): [isPlaying: boolean, play: (isPlaying: boolean) => void] {
  const [isPlaying, setPlaying] = useState(false);
  const newest = useRef(go);
  newest.current = go;
  useEffect(() => {
    if (!isPlaying) return;
    if (index >= count - 1) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => newest.current(index + 1), stay / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, index, count, speed]);
  const play = (wanted: boolean): void => {
    if (wanted && index >= count - 1) go(0);
    setPlaying(wanted);
  };
  return [isPlaying, play];
}
