import type { JSX } from 'preact';
import { Value } from '../../../parts/Value.tsx';

interface BarProps {
  /** Absent before anything was computed. */
  readonly of: number | undefined;
  /** Values begin at the left edge; gradients go to both sides of the middle. */
  readonly kind: 'value' | 'gradient';
  /** The size that fills the bar. */
  readonly reach: number;
  readonly name: string;
}

/** A number over a bar as long as it is large. */
export function Bar({ of, kind, reach, name }: BarProps): JSX.Element {
  const share = of === undefined || !Number.isFinite(of) ? 0 : Math.min(Math.abs(of) / reach, 1);
  const half = kind === 'gradient' ? 0.5 : 1;
  const left = kind === 'value' ? 0 : of !== undefined && of < 0 ? 0.5 - share / 2 : 0.5;
  return (
    <div class={`steps-bar ${kind}`}>
      {of === undefined ? <span class="number">…</span> : <Value of={of} kind={kind} digits={4} name={name} />}
      <span class="steps-bar-frame" aria-hidden="true">
        <span style={{ left: `${100 * left}%`, width: `${100 * share * half}%` }} />
      </span>
    </div>
  );
}
