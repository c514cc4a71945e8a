import type { JSX } from 'preact';
import { Scrolling } from '../../../parts/Scrolling.tsx';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { rowOf } from '../formulas.ts';
import { words } from '../words.ts';

interface ComparisonProps {
  readonly machine: Machine;
  readonly row: number;
  /** What the logits are called. */
  readonly names: readonly JSX.Element[];
}

/** The gradient from the fused form and from the chain, below each other, and the difference of the two. */
export function Comparison({ machine, row, names }: ComparisonProps): JSX.Element {
  const said = useWords(words);
  const { fused, chain } = machine;
  const lines = [
    { name: 'fused', label: said.fusedLoss, rows: fused.gradient, kind: 'gradient', digits: 4 },
    { name: 'chain', label: said.chainLoss, rows: chain[0].gradient, kind: 'gradient', digits: 4 },
    { name: 'difference', label: said.difference, rows: fused.difference, kind: undefined, digits: 2 },
    { name: 'ulps', label: said.ulps, rows: fused.ulps, kind: undefined, digits: 2 },
  ] as const;
  return (
    <Scrolling label={said.gradientOf}>
      <table class="matrix">
        <caption class="unseen">{said.gradientOf}</caption>
        <thead>
          <tr>
            <td />
            {names.map((name, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, label, rows, kind, digits }) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              {rowOf(rows, row).map((number, index) => (
                <td key={index}>
                  <Value of={number} kind={kind} digits={digits} name={`${name}-gradient-${index}`} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
