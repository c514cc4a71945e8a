import type { ExpressionExample } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { useWords } from '../../../words/words.ts';
import { words } from '../words.ts';

interface ExamplesProps {
  readonly examples: readonly ExpressionExample[];
  readonly onChoose: (expression: string, values: Readonly<Record<string, string>>) => void;
}

/** Expressions to begin with: one for every loss of the library among them. */
export function Examples({ examples, onChoose }: ExamplesProps): JSX.Element {
  const said = useWords(words);
  const families = [...new Set(examples.map(({ family }) => family))];
  return (
    <label class="expression-examples">
      <span>{said.example}</span>
      <select
        value=""
        onChange={({ currentTarget }) => {
          const example = examples[Number(currentTarget.value)];
          currentTarget.value = '';
          if (example) onChoose(example.expression, example.values);
        }}
      >
        <option value="">{said.choose}</option>
        {families.map((family) => (
          <optgroup key={family} label={said.families[family]}>
            {examples.map(
              (example, index) =>
                example.family === family && (
                  <option key={example.expression} value={index}>
                    {example.expression}
                  </option>
                ),
            )}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
