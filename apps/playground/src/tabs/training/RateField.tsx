import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { NumberField } from '../../parts/NumberField.tsx';
import { highestOnSlider, rates } from './fields.ts';

interface RateFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly onChange: (rate: number) => void;
}

/** A learning rate on a logarithmic slider, and as a number to be typed. */
export function RateField({ label, hint, value, onChange }: RateFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="training-rate">
      <label for={id}>
        {label} <span class="quiet">({hint})</span>
      </label>
      <div>
        <input
          id={id}
          type="range"
          min={Math.log10(rates.from)}
          max={Math.log10(highestOnSlider)}
          step={0.05}
          value={Math.log10(value)}
          aria-valuetext={String(value)}
          onInput={({ currentTarget }) => onChange(Number((10 ** Number(currentTarget.value)).toPrecision(2)))}
        />
        <NumberField
          label={<span class="unseen">{label}</span>}
          value={value}
          from={rates.from}
          to={rates.to}
          step={value / 10}
          hasSlider={false}
          onChange={onChange}
        />
      </div>
    </div>
  );
}
