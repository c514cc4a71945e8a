import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Formula } from '../../../parts/Formula.tsx';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import { stepWords } from '../stepWords.ts';
import { words } from '../words.ts';
import type { PlacedBox } from './layout.ts';
import type { ShownStep } from './shown.ts';

interface StepBoxProps {
  readonly box: PlacedBox;
  readonly shown: ShownStep;
  readonly direction: 'forward' | 'backward';
  readonly sign: string;
  /** The target, where it is multiplied by. */
  readonly target: readonly number[] | undefined;
  /** Whether the page scrolls to the step when the walk comes to it. */
  readonly isFollowed: boolean;
  readonly onChoose: () => void;
}

/** A step of the chain as a box: its name, its formula, its values and what has come back to it. */
export function StepBox({ box, shown, direction, sign, target, isFollowed, onChoose }: StepBoxProps): JSX.Element {
  const said = useWords(words);
  const { name } = useWords(stepWords)[box.name];
  const { value, gradient, isCurrent } = shown;
  const button = useRef<HTMLButtonElement>(null);
  const wasCurrent = useRef(isCurrent);
  useEffect(() => {
    const hasArrived = isCurrent && !wasCurrent.current;
    wasCurrent.current = isCurrent;
    // A chain that runs down is longer than a screen: the walk takes the reader along.
    if (hasArrived && isFollowed) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent, isFollowed]);
  const formula = useMemo(() => <Formula latex={sign} />, [sign]);
  return (
    <button
      ref={button}
      type="button"
      class={`steps-box ${isCurrent ? direction : ''}`}
      style={{ left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` }}
      aria-current={isCurrent ? 'step' : undefined}
      data-step={box.name}
      onClick={onChoose}
    >
      <span class="steps-box-head">
        <span class="steps-box-name">{name}</span>
        {formula}
      </span>
      <span class="steps-cells">
        {Array.from({ length: box.cells }, (_, index) => (
          <span class="steps-cell" key={index}>
            {target && (
              <span class="steps-times">
                t <Value of={target[index]} digits={3} />
              </span>
            )}
            {part(value?.[index], 'value', `node-${box.name}-value-${index}`)}
            {gradient && <span class="unseen">{said.gradient} </span>}
            {part(gradient?.[index], 'gradient', `node-${box.name}-gradient-${index}`)}
          </span>
        ))}
      </span>
    </button>
  );
}

function part(number: number | undefined, kind: 'value' | 'gradient', name: string): JSX.Element {
  if (number === undefined)
    return (
      <span class="steps-empty" aria-hidden="true">
        ·
      </span>
    );
  return <Value of={number} digits={3} kind={kind} name={name} />;
}
