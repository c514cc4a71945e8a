import type { JSX } from 'preact';
import { Value } from '../../parts/Value.tsx';
import { negative, positive } from './palette.ts';

interface ScaleBarProps {
  readonly scale: number;
  readonly label: string;
  /** Whether there are negative numbers. Default: yes. */
  readonly isSigned?: boolean;
}

/** Which colour stands for which number. */
export function ScaleBar({ scale, label, isSigned = true }: ScaleBarProps): JSX.Element {
  const from = isSigned ? `rgb(${negative.join()}), transparent` : 'transparent';
  return (
    <div class="training-scale">
      <span class="unseen">{label}</span>
      <Value of={isSigned ? -scale : 0} digits={2} />
      <span
        class="training-scale-bar"
        style={{ background: `linear-gradient(90deg, ${from}, rgb(${positive.join()}))` }}
      />
      <Value of={scale} digits={2} />
    </div>
  );
}
