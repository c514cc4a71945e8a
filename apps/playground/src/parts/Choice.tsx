import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface ChoiceProps<Option extends string> {
  readonly label: string;
  readonly options: readonly Option[];
  /** What an option is called. Default: itself. */
  readonly nameOf?: (option: Option) => string | JSX.Element;
  readonly value: Option;
  readonly onChange: (option: Option) => void;
}

/** One of a few, side by side. */
export function Choice<Option extends string>(props: ChoiceProps<Option>): JSX.Element {
  const { label, options, nameOf = (option) => option, value, onChange } = props;
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            <span>{nameOf(option)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
