import type { ExpressionStudy } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { Matrix } from '../../../parts/Matrix.tsx';
import { Panel } from '../../../parts/Panel.tsx';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import { words } from '../words.ts';

/** What differences say of the gradient, and the gradient differentiated again. */
export function CheckPanel({ study }: { readonly study: ExpressionStudy }): JSX.Element | null {
  const said = useWords(words);
  const { agreement, second } = study;
  if (agreement === null) return null;
  return (
    <Panel title={said.check} isWide={(second?.labels.length ?? 0) > 4}>
      {agreement.kind === 'agrees' ? (
        <p>
          <span class="expression-good" aria-hidden="true">
            ✓
          </span>{' '}
          {said.agrees(agreement.comparisons)} <Value of={agreement.worstError} digits={2} name="worst-error" />
        </p>
      ) : (
        <p>
          {said[agreement.kind]} <span lang="en">{agreement.message}</span>
        </p>
      )}
      {agreement.kind === 'agrees' && agreement.kinks.length > 0 && <p>{said.kinks(agreement.kinks.join(', '))}</p>}
      {second !== null && (
        <>
          <h3>{said.second}</h3>
          <Matrix
            caption={said.second}
            rows={second.entries}
            rowNames={second.labels.map((label) => <code key={label}>{label}</code>)}
            columnNames={second.labels.map((label) => <code key={label}>{label}</code>)}
            kind="gradient"
            name="second"
          />
        </>
      )}
    </Panel>
  );
}
