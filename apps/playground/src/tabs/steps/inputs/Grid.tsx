import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Scrolling } from '../../../parts/Scrolling.tsx';
import { useWords } from '../../../words/words.ts';
import { ranges, type StepsValues, targetOf, weightsOf } from '../fields.ts';
import { words } from '../words.ts';
import { Cell } from './Cell.tsx';

interface GridProps {
  readonly values: StepsValues;
  readonly onChange: (some: Partial<StepsValues>) => void;
}

/** The sliders end here; farther numbers are typed. */
const slides = { logit: { from: -10, to: 10 }, weight: { from: 0, to: 4 } };

/** Logits and targets of each row, and the weight of each class, in columns by class. */
export function Grid({ values, onChange }: GridProps): JSX.Element {
  const said = useWords(words);
  const { logits } = values;
  const classes = logits[0].map((_, column) => column);
  const weights = weightsOf(values);
  const setLogit = (row: number, column: number, to: number): void =>
    onChange({ logits: logits.with(row, logits[row].with(column, to)) });
  return (
    <Scrolling label={said.inputs}>
      <table class="steps-inputs">
        <thead>
          <tr>
            <td />
            {classes.map((column) => (
              <th key={column} scope="col" class="steps-class">
                {said.classOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        {logits.map((numbers, row) => (
          <tbody key={row}>
            {logits.length > 1 && (
              <tr>
                <th scope="rowgroup" colSpan={classes.length + 1} class="steps-group">
                  {said.rowOf(row)}
                </th>
              </tr>
            )}
            <tr>
              <th scope="row">{said.logits}</th>
              {numbers.map((number, column) => (
                <td key={column}>
                  <Cell
                    label={said.logitOf(row, column)}
                    value={number}
                    {...ranges.logit}
                    slide={slides.logit}
                    step={0.1}
                    onChange={(to) => setLogit(row, column, to)}
                  />
                </td>
              ))}
            </tr>
            <TargetRow values={values} row={row} onChange={onChange} />
          </tbody>
        ))}
        <tbody>
          <tr>
            <th scope="row">{said.weights}</th>
            {weights.map((weight, column) => (
              <td key={column}>
                <Cell
                  label={said.weightOf(column)}
                  value={weight}
                  {...ranges.weight}
                  slide={slides.weight}
                  step={0.1}
                  onChange={(to) => onChange({ weights: weights.with(column, to) })}
                />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Scrolling>
  );
}

/** The target of one row: one of the classes, or a probability for each. */
function TargetRow({ values, row, onChange }: GridProps & { readonly row: number }): JSX.Element {
  const said = useWords(words);
  const name = useId();
  const target = targetOf(values);
  return (
    <tr>
      <th scope="row">{said.target}</th>
      {values.logits[row].map((_, column) => (
        <td key={column} class={target.kind === 'index' ? 'steps-pick' : ''}>
          {target.kind === 'index' ? (
            <input
              type="radio"
              name={name}
              checked={target.labels[row] === column}
              aria-label={said.isTarget(row, column)}
              onChange={() => onChange({ labels: target.labels.with(row, column) })}
            />
          ) : (
            <Cell
              label={said.shareOf(row, column)}
              value={target.rows[row][column]}
              {...ranges.probability}
              slide={ranges.probability}
              step={0.05}
              onChange={(to) => onChange({ distribution: target.rows.with(row, target.rows[row].with(column, to)) })}
            />
          )}
        </td>
      ))}
    </tr>
  );
}
