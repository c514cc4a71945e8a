import type { JSX } from 'preact';
import { useWords } from '../../../words/words.ts';
import type { Position } from '../position.ts';
import { stepWords } from '../stepWords.ts';
import { words } from '../words.ts';

interface TransportProps {
  readonly position: Position;
  readonly count: number;
  readonly isPlaying: boolean;
  readonly speed: '0.5' | '1' | '2';
  readonly onGo: (index: number) => void;
  readonly onPlay: (isPlaying: boolean) => void;
  readonly onSpeed: (speed: '0.5' | '1' | '2') => void;
}

const speeds = ['0.5', '1', '2'] as const;

/** What drives the walk: to the start, back, play, on, to the end, and a slider over all of it. */
export function Transport(props: TransportProps): JSX.Element {
  const { position, count, isPlaying, speed, onGo, onPlay, onSpeed } = props;
  const said = useWords(words);
  const { name } = useWords(stepWords)[position.name];
  const { index } = position;
  const told = `${said[position.direction]} · ${name}`;
  return (
    <div class="steps-transport">
      <div class="steps-buttons">
        <Sign label={said.start} path="M5 5v14M20 5 9 12l11 7z" isOff={index === 0} onPress={() => onGo(0)} />
        <Sign label={said.back} path="M18 5 7 12l11 7z" isOff={index === 0} onPress={() => onGo(index - 1)} />
        <Sign
          label={isPlaying ? said.pause : said.play}
          path={isPlaying ? 'M7 5h3v14H7zM14 5h3v14h-3z' : 'M5 4v16l15-8z'}
          isPrimary
          onPress={() => onPlay(!isPlaying)}
        />
        <Sign label={said.on} path="m6 5 11 7-11 7z" isOff={index === count - 1} onPress={() => onGo(index + 1)} />
        <Sign
          label={said.end}
          path="M19 5v14M4 5l11 7-11 7z"
          isOff={index === count - 1}
          onPress={() => onGo(count - 1)}
        />
      </div>
      <label class="steps-speed">
        <span>{said.speed}</span>
        <select value={speed} onChange={({ currentTarget }) => onSpeed(speeds[currentTarget.selectedIndex])}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one}×
            </option>
          ))}
        </select>
      </label>
      <div class="steps-slide">
        <input
          type="range"
          class={position.direction}
          min={0}
          max={count - 1}
          step={1}
          value={index}
          aria-label={said.position}
          aria-valuetext={told}
          onInput={({ currentTarget }) => onGo(Number(currentTarget.value))}
        />
        <p aria-live="polite">
          <strong class={position.direction}>
            <span aria-hidden="true">{position.direction === 'forward' ? '→ ' : '← '}</span>
            {told}
          </strong>{' '}
          <span class="quiet">{said.count(index + 1, count)}</span>
        </p>
      </div>
    </div>
  );
}

interface SignProps {
  readonly label: string;
  readonly path: string;
  readonly isOff?: boolean;
  readonly isPrimary?: boolean;
  readonly onPress: () => void;
}

function Sign({ label, path, isOff = false, isPrimary = false, onPress }: SignProps): JSX.Element {
  return (
    <button
      type="button"
      class={isPrimary ? 'primary' : ''}
      aria-label={label}
      title={label}
      // A button that goes off under the finger would lose the focus.
      aria-disabled={isOff}
      onClick={() => isOff || onPress()}
    >
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <path d={path} fill="currentColor" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
      </svg>
    </button>
  );
}
