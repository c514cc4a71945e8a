import type { JSX } from 'preact';
import { NumberField } from '../../../parts/NumberField.tsx';

interface CellProps {
  /** What is read out; the heads of row and column say it to the eye. */
  readonly label: string;
  readonly value: number;
  /** What may be typed. */
  readonly from: number;
  readonly to: number;
  /** What the slider covers, which is less. */
  readonly slide: { readonly from: number; readonly to: number };
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/** A number in a column, to be typed, with a slider below it to be dragged. */
export function Cell({ label, value, from, to, slide, step, onChange }: CellProps): JSX.Element {
  return (
    <>
      <NumberField
        label={<span class="unseen">{label}</span>}
        value={value}
        from={from}
        to={to}
        step={step}
        hasSlider={false}
        onChange={onChange}
      />
      {/* For the pointer alone: the field above does the same by keyboard. */}
      <input
        type="range"
        min={slide.from}
        max={slide.to}
        step={step}
        value={value}
        tabIndex={-1}
        aria-hidden="true"
        onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
      />
    </>
  );
}
