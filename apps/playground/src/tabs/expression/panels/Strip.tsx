import type { NestedList } from '@tapegrad/core';
import type { ExpressionStudy } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { shownNumber } from '../../../parts/shownNumber.ts';
import { useWords } from '../../../words/words.ts';
import { words } from '../words.ts';

/** The value and the gradients on one line beside what is dragged: cause and effect on one screen. */
export function Strip({ study }: { readonly study: ExpressionStudy }): JSX.Element {
  const said = useWords(words);
  return (
    <dl class="expression-strip" aria-label={said.strip}>
      <div>
        <dt>{said.value}</dt>
        <dd class="value">{written(study.value)}</dd>
      </div>
      {study.names.map(
        ({ name, gradient }) =>
          gradient !== null && (
            <div key={name}>
              <dt>
                ∂/∂<code>{name}</code>
              </dt>
              <dd class="gradient" data-name={`strip-${name}`}>
                {written(gradient)}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Numbers on one line; of many the first. */
function written(list: NestedList): string {
  if (typeof list === 'number') return shownNumber(list);
  const shown = list.slice(0, 6).map(written);
  return `[${shown.join(', ')}${list.length > shown.length ? ', …' : ''}]`;
}
