import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface ChoiceProps<Option extends string> {
  readonly label: string;
  readonly options: readonly Option[];
  /** What an option is called. Default: itself. */
  readonly nameOf?: (option: Option) => string | JSX.Element;
  readonly value: Option;
  /** Whether its label stands in a line with it. Default: above it. */
  readonly isInline?: boolean;
  /** Whether its label is only read out, where the options say enough to the eye. Default: false. */
  readonly isLabelHeard?: boolean;
  readonly onChange: (option: Option) => void;
}

/** One of a few, side by side. */
export function Choice<Option extends string>(props: ChoiceProps<Option>): JSX.Element {
  const {
    label,
    options,
    nameOf = (option) => option,
    value,
    isInline = false,
    isLabelHeard = false,
    onChange,
  } = props;
  const name = useId();
  return (
    <fieldset class={isInline ? 'choice inline' : 'choice'}>
      <legend class={isLabelHeard ? 'unseen' : undefined}>{label}</legend>
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
