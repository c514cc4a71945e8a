import type { JSX } from 'preact';
import { useWords } from '../../../words/words.ts';
import { ranges, type StepsValues, weightsOf } from '../fields.ts';
import { words } from '../words.ts';
import { Cell } from './Cell.tsx';

interface WeightsProps {
  readonly values: StepsValues;
  readonly onChange: (some: Partial<StepsValues>) => void;
}

const slide = { from: 0, to: 4 };

/** How much each class counts. */
export function Weights({ values, onChange }: WeightsProps): JSX.Element {
  const said = useWords(words);
  const weights = weightsOf(values);
  return (
    <fieldset class="steps-weights">
      <legend>{said.weights}</legend>
      {weights.map((weight, column) => (
        <div key={column}>
          <span aria-hidden="true">{said.classOf(column)}</span>
          <Cell
            label={said.weightOf(column)}
            value={weight}
            {...ranges.weight}
            slide={slide}
            step={0.1}
            onChange={(to) => onChange({ weights: weights.with(column, to) })}
          />
        </div>
      ))}
    </fieldset>
  );
}
