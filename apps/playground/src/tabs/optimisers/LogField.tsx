import type { JSX } from 'preact';
import { NumberField } from '../../parts/NumberField.tsx';

interface LogFieldProps {
  readonly label: JSX.Element | string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly onChange: (value: number) => void;
}

/** A number of several powers of ten: on a logarithmic slider, and to be typed. */
export function LogField({ label, value, from, to, onChange }: LogFieldProps): JSX.Element {
  return (
    <div class="optimisers-log">
      {/* For the pointer alone: the field beside it does the same by keyboard. */}
      <input
        type="range"
        min={Math.log10(from)}
        max={Math.log10(to)}
        step={0.02}
        value={Math.log10(value)}
        tabIndex={-1}
        aria-hidden="true"
        onInput={({ currentTarget }) => onChange(Number((10 ** Number(currentTarget.value)).toPrecision(2)))}
      />
      <NumberField
        label={label}
        value={value}
        from={from}
        to={to}
        step={Number((value / 10).toPrecision(1))}
        hasSlider={false}
        onChange={onChange}
      />
    </div>
  );
}
