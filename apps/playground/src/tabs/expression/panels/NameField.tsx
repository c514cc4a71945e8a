import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../../../words/words.ts';
import { firstValue } from '../firstValue.ts';
import { draggable, dragged, reachOf } from '../sliders.ts';
import { words } from '../words.ts';

interface NameFieldProps {
  readonly name: string;
  /** What was typed for it; nothing yet for a name that has just appeared. */
  readonly text: string | undefined;
  readonly isWrong: boolean;
  readonly onChange: (text: string) => void;
}

/** The value of a name: typed, or dragged where it is a number or a short list. */
export function NameField({ name, text = firstValue, isWrong, onChange }: NameFieldProps): JSX.Element {
  const said = useWords(words);
  const id = useId();
  const numbers = draggable(text);
  return (
    <div class="expression-name">
      <label for={id}>
        <code>{name}</code>
        <span class="unseen">: {said.valueOf(name)}</span>
      </label>
      <input
        id={id}
        type="text"
        value={text}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        maxLength={1000}
        aria-invalid={isWrong}
        data-name={`value-of-${name}`}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {numbers?.map((number, index) => (
        <input
          key={index}
          type="range"
          min={-reachOf(number)}
          max={reachOf(number)}
          step="any"
          value={number}
          aria-label={numbers.length === 1 ? said.valueOf(name) : said.numberOf(name, index)}
          onInput={({ currentTarget }) =>
            onChange(dragged(text, index, Number(Number(currentTarget.value).toFixed(2))))
          }
        />
      ))}
    </div>
  );
}
