import type { StepDescription } from '@tapegrad/explain';
import type { JSX } from 'preact';
import { useWords } from '../../../words/words.ts';
import type { Position } from '../position.ts';
import { nameOfStep } from '../stepNames.ts';
import { words } from '../words.ts';

interface WalkProps {
  readonly position: Position;
  readonly count: number;
  readonly step: StepDescription;
  readonly onGo: (index: number) => void;
}

/** What drives the walk: to the start, back, on, to the end, and a slider over all of it. */
export function Walk({ position, count, step, onGo }: WalkProps): JSX.Element {
  const said = useWords(words);
  const { index, direction } = position;
  const told = `${said[direction]} · ${nameOfStep(step)}`;
  const buttons = [
    { label: said.start, sign: '⇤', to: 0 },
    { label: said.back, sign: '←', to: index - 1 },
    { label: said.next, sign: '→', to: index + 1 },
    { label: said.end, sign: '⇥', to: count - 1 },
  ];
  return (
    <div class="expression-walk">
      <div>
        {buttons.map(({ label, sign, to }, at) => (
          <button
            key={label}
            type="button"
            class={at === 2 ? 'primary' : ''}
            aria-label={label}
            title={label}
            // A button that goes off under the finger would lose the focus.
            aria-disabled={to < 0 || to >= count || to === index}
            onClick={() => onGo(to)}
          >
            <span aria-hidden="true">{sign}</span>
          </button>
        ))}
      </div>
      <input
        type="range"
        class={direction}
        min={0}
        max={count - 1}
        step={1}
        value={index}
        aria-label={said.position}
        aria-valuetext={told}
        onInput={({ currentTarget }) => onGo(Number(currentTarget.value))}
      />
      <p aria-live="polite">
        <strong class={direction}>
          <span aria-hidden="true">{direction === 'forward' ? '→ ' : '← '}</span>
          {told}
        </strong>{' '}
        <span class="quiet">{said.count(index + 1, count)}</span>
      </p>
    </div>
  );
}
