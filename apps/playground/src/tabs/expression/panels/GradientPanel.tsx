import type { NestedList } from '@tapegrad/core';
import type { NumbersDescription } from '@tapegrad/explain';
import type { ExpressionStudy } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { Panel } from '../../../parts/Panel.tsx';
import { useWords } from '../../../words/words.ts';
import { words } from '../words.ts';
import { NumbersTable } from './NumbersTable.tsx';

/** What the expression gives, and the gradient by each of its names. */
export function GradientPanel({ study }: { readonly study: ExpressionStudy }): JSX.Element {
  const said = useWords(words);
  const { names, value, shape } = study;
  return (
    <Panel title={said.gradients}>
      <h3>{said.value}</h3>
      <NumbersTable caption={said.value} numbers={described(value, shape)} kind="value" name="value" />
      {names.length === 0 && <p>{said.noNames}</p>}
      {names.map(({ name, shape: own, gradient }) => (
        <div key={name}>
          <h3>
            {said.gradient} ∂/∂<code>{name}</code>
          </h3>
          {gradient === null ? (
            <p class="quiet">{said.none}</p>
          ) : (
            <NumbersTable
              caption={`${said.gradient}: ${name}`}
              numbers={described(gradient, own)}
              kind="gradient"
              name={`gradient-${name}`}
            />
          )}
        </div>
      ))}
    </Panel>
  );
}

/** Lists within lists as numbers with a shape. */
function described(list: NestedList, shape: readonly number[]): NumbersDescription {
  const numbers = flat(list);
  const [smallest, largest] = [Math.min(...numbers), Math.max(...numbers)];
  return { shape, dtype: 'float64', size: numbers.length, numbers, smallest, largest };
}

const flat = (list: NestedList): number[] => (typeof list === 'number' ? [list] : list.flatMap(flat));
