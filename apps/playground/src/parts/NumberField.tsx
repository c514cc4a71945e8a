import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';

interface NumberFieldProps {
  readonly label: string | JSX.Element;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  /** What the slider and the arrow keys move by. Default: a hundredth of the range; on a logarithmic slider about a tenth. */
  readonly step?: number;
  /** Whether the slider goes by powers of ten. Default: false. */
  readonly isLogarithmic?: boolean;
  /** Without a slider there is only the field. Default: with. */
  readonly hasSlider?: boolean;
  readonly onChange: (value: number) => void;
}

/** A number to be dragged and typed. What does not read as a number of the range is marked, and changes nothing. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const { label, value, from, to, isLogarithmic = false, hasSlider = true, onChange } = props;
  const { step = isLogarithmic ? Number((value / 10).toPrecision(1)) : (to - from) / 100 } = props;
  const onSlider = isLogarithmic ? Math.log10 : Number;
  const id = useId();
  const [typed, setTyped] = useState(String(value));
  const isWrong = read(typed, from, to) === undefined;
  // The number changed from elsewhere; what is being typed stays as it is.
  useEffect(() => setTyped((before) => (read(before, from, to) === value ? before : String(value))), [value, from, to]);
  const type = (text: string): void => {
    setTyped(text);
    const number = read(text, from, to);
    if (number !== undefined) onChange(number);
  };
  return (
    <div class="number-field">
      <label for={id}>{label}</label>
      {hasSlider && (
        // For the pointer alone: the field beside it does the same by keyboard, and is what is read out.
        <input
          type="range"
          min={onSlider(from)}
          max={onSlider(to)}
          step={isLogarithmic ? 0.02 : step}
          value={onSlider(value)}
          onInput={({ currentTarget: { value } }) => type(isLogarithmic ? powerOf(Number(value)) : value)}
          tabIndex={-1}
          aria-hidden="true"
        />
      )}
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={from}
        max={to}
        step="any"
        value={typed}
        aria-invalid={isWrong}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          const moved = value + (event.key === 'ArrowUp' ? step : -step);
          type(String(Number(Math.min(Math.max(moved, from), to).toPrecision(10))));
        }}
        onBlur={() => isWrong && setTyped(String(value))}
      />
    </div>
  );
}

/** A power of ten, with as many digits as a slider can mean. */
const powerOf = (exponent: number): string => String(Number((10 ** exponent).toPrecision(2)));

function read(text: string, from: number, to: number): number | undefined {
  const number = Number(text);
  return text.trim() !== '' && number >= from && number <= to ? number : undefined;
}
