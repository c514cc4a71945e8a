import type { ComponentChildren, JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { LibrarySays } from '../../parts/LibrarySays.tsx';
import { Matrix } from '../../parts/Matrix.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { ExperimentName } from './ends.ts';
import { Pictures } from './Pictures.tsx';
import type { Figure, Result } from './result.ts';
import { breakingWords } from './words.ts';

interface OutcomeProps {
  readonly experiment: ExperimentName;
  readonly result: Result;
  /** What tests find the numbers by, before the name of the figure. */
  readonly name: string;
  /** How it ended, said above the numbers. */
  readonly children: ComponentChildren;
}

/** What an experiment gave: how it ended, the numbers, what the library said, and the formulas with the numbers put in. */
export function Outcome({ experiment, result, name, children }: OutcomeProps): JSX.Element {
  const words = useWords(breakingWords);
  return (
    <div class="breaking-outcome">
      {children}
      {result.messages.length === 0 ? (
        <p class="quiet">{name === 'broken' ? words.silent : words.content}</p>
      ) : (
        result.messages.map(({ kind, name, text }) => (
          <Notice key={name} kind={kind === 'error' ? 'warning' : 'note'}>
            <p class="breaking-says">
              {words.says} <code lang="en">{name}</code>
            </p>
            <LibrarySays code={name} text={text} />
          </Notice>
        ))
      )}
      <dl class="breaking-figures">
        {result.figures.map((figure) => (
          <Row key={figure.name} figure={figure} name={`${name}-${figure.name}`} />
        ))}
      </dl>
      <Pictures experiment={experiment} result={result} />
      {result.formulas.map((latex) => (
        <Formula key={latex} latex={latex} isDisplayed />
      ))}
    </div>
  );
}

function Row({ figure, name }: { readonly figure: Figure; readonly name: string }): JSX.Element {
  const words = useWords(breakingWords);
  const { rows, kind, symbol } = figure;
  const caption = words.figures[figure.name] ?? figure.name;
  const isTable = rows.length > 1 && rows[0].length > 1;
  const numbers = rows.length > 1 && rows[0].length === 1 ? rows.flat() : rows[0];
  return (
    <div>
      <dt>
        {caption} <Formula latex={symbol} />
      </dt>
      <dd>
        {isTable ? (
          <Matrix
            caption={caption}
            rows={rows}
            rowNames={rows.map((_, row) => String(row))}
            columnNames={rows[0].map((_, column) => String(column))}
            kind={kind}
            name={name}
          />
        ) : numbers.length === 1 ? (
          <Value of={numbers[0]} kind={kind} digits={5} name={name} />
        ) : (
          <Scrolling label={caption} class="breaking-list-of-numbers">
            {numbers.map((number, index) => (
              <Value key={index} of={number} kind={kind} name={`${name}-${index}`} />
            ))}
          </Scrolling>
        )}
      </dd>
    </div>
  );
}
