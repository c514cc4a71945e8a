import type { ExpressionExample, ExpressionStudy } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../../../words/words.ts';
import type { Look } from '../compute/look.ts';
import type { ExpressionValues } from '../fields.ts';
import { words } from '../words.ts';
import { ComplaintNotice } from './ComplaintNotice.tsx';
import { Examples } from './Examples.tsx';
import { NameField } from './NameField.tsx';
import { Strip } from './Strip.tsx';

interface AskPanelProps {
  readonly values: ExpressionValues;
  readonly look: Look | undefined;
  readonly examples: readonly ExpressionExample[];
  /** The last expression that could be computed. */
  readonly study: ExpressionStudy | undefined;
  readonly onChange: (some: Partial<ExpressionValues>) => void;
}

/** Where the expression is typed, and the values of its names. */
export function AskPanel({ values, look, examples, study, onChange }: AskPanelProps): JSX.Element {
  const said = useWords(words);
  const id = useId();
  const complaint = look?.kind === 'complaint' ? look.complaint : undefined;
  const isWrong = complaint?.about === 'expression';
  return (
    <div class="expression-ask">
      <div class="expression-line">
        <label for={id}>{said.expression}</label>
        <input
          id={id}
          type="text"
          value={values.expression}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          maxLength={1000}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          onInput={({ currentTarget }) => onChange({ expression: currentTarget.value })}
        />
        <Examples
          examples={examples}
          onChoose={(expression, chosen) => onChange({ expression, values: chosen, at: 'turn' })}
        />
      </div>
      {complaint && <ComplaintNotice id={`${id}-wrong`} complaint={complaint} />}
      <div class="expression-names">
        {look?.names.map((name) => (
          <NameField
            key={name}
            name={name}
            text={values.values[name]}
            isWrong={complaint?.about === 'value' && complaint.name === name}
            onChange={(text) => onChange({ values: { ...values.values, [name]: text } })}
          />
        ))}
      </div>
      {study && <Strip study={study} />}
      <details>
        <summary>{said.syntax}</summary>
        <ul>
          {[said.operators, said.functions, said.parts, said.constants, said.arrays].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
