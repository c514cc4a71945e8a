import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { ranges, type StepsValues, targetOf } from '../fields.ts';
import { rowOf } from '../formulas.ts';
import { Letter } from '../panels/Letter.tsx';
import { words } from '../words.ts';
import { Bar } from './Bar.tsx';
import { Cell } from './Cell.tsx';

interface GridProps {
  readonly values: StepsValues;
  readonly onChange: (some: Partial<StepsValues>) => void;
  /** What was computed last; absent at the very beginning. */
  readonly machine: Machine | undefined;
}

/** The sliders end here; farther numbers are typed. */
const slide = { from: -10, to: 10 };

/** Cause and effect side by side, a line for each class: target y and logit z to be set, probability p and gradient to be read. */
export function Grid({ values, onChange, machine }: GridProps): JSX.Element {
  const said = useWords(words);
  return (
    <table class="steps-inputs">
      <thead>
        <tr>
          <td />
          <th scope="col">
            <span class="steps-long">{said.target}</span> <Letter of="y" />
          </th>
          <th scope="col">
            <span class="steps-long">{said.logits}</span> <Letter of="z" />
          </th>
          <th scope="col">
            → <span class="steps-long">{said.probability}</span> <Letter of="p" />
          </th>
          <th scope="col">
            → <span class="steps-long">{said.gradient}</span> <Slope machine={machine} />
          </th>
        </tr>
      </thead>
      {values.logits.map((_, row) => (
        <Row key={row} values={values} onChange={onChange} machine={machine} row={row} />
      ))}
    </table>
  );
}

/** What the gradient is in letters: p − y, unless weights, smoothing, a mean or another base make more of it. */
function Slope({ machine }: { readonly machine: Machine | undefined }): JSX.Element {
  return <Letter of={machine === undefined || isPlain(machine) ? 'p − y' : '∂L/∂z'} />;
}

/** Whether nothing is divided by, and each target sums to 1. */
const isPlain = ({ fused }: Machine): boolean =>
  fused.divisor === 1 && fused.totals.flat().every((total) => Math.abs(total - 1) < 1e-9);

function Row({ values, onChange, machine, row }: GridProps & { readonly row: number }): JSX.Element {
  const said = useWords(words);
  const name = useId();
  const target = targetOf(values);
  const { logits } = values;
  const [p, gradient] = machine ? [rowOf(machine.fused.p, row), rowOf(machine.fused.gradient, row)] : [[], []];
  const reach = Math.max(1, ...gradient.map(Math.abs).filter(Number.isFinite));
  return (
    <tbody>
      {logits.length > 1 && (
        <tr>
          <th scope="rowgroup" colSpan={5} class="steps-group">
            {said.rowOf(row)}
          </th>
        </tr>
      )}
      {logits[row].map((logit, column) => (
        <tr key={column}>
          <th scope="row">
            <span class="steps-class">{said.classOf(column)}</span>
            <span class="steps-class-short">{column}</span>
          </th>
          <td class="steps-pick">
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
          <td>
            <Cell
              label={said.logitOf(row, column)}
              value={logit}
              {...ranges.logit}
              slide={slide}
              step={0.1}
              onChange={(to) => onChange({ logits: logits.with(row, logits[row].with(column, to)) })}
            />
          </td>
          <td>
            <Bar of={p[column]} kind="value" reach={1} name={`strip-p-${row}-${column}`} />
          </td>
          <td>
            <Bar of={gradient[column]} kind="gradient" reach={reach} name={`strip-gradient-${row}-${column}`} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
