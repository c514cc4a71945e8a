import type { JSX } from 'preact';
import { useWords } from '../../words/words.ts';
import { layerWords } from './words.ts';

interface TransportProps {
  /** Where on the way we are, and how long it is. */
  readonly index: number;
  readonly count: number;
  readonly isForward: boolean;
  readonly onGo: (index: number) => void;
}

/** Steps through the layer, output by output, and back, element by element. */
export function Transport({ index, count, isForward, onGo }: TransportProps): JSX.Element {
  const words = useWords(layerWords);
  const told = `${isForward ? words.forward : words.backward}, ${words.count(index + 1, count)}`;
  const go = (to: number): void => onGo(Math.min(Math.max(to, 0), count - 1));
  return (
    <div class="layers-transport">
      <button type="button" aria-label={words.start} title={words.start} onClick={() => go(0)}>
        <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
          <path d="M5 5v14M20 5 9 12l11 7z" fill="currentColor" stroke="currentColor" stroke-width="2" />
        </svg>
      </button>
      <button type="button" aria-label={words.back} aria-disabled={index === 0} onClick={() => go(index - 1)}>
        ← <span>{words.back}</span>
      </button>
      <button
        type="button"
        class="primary"
        aria-label={words.on}
        aria-disabled={index === count - 1}
        onClick={() => go(index + 1)}
      >
        <span>{words.on}</span> →
      </button>
      <input
        type="range"
        min={0}
        max={count - 1}
        step={1}
        value={index}
        aria-label={words.position}
        aria-valuetext={told}
        onInput={({ currentTarget }) => go(Number(currentTarget.value))}
      />
      <p class="quiet" aria-live="polite">
        <span class="unseen">{isForward ? words.forward : words.backward},</span> {words.count(index + 1, count)}
      </p>
    </div>
  );
}
