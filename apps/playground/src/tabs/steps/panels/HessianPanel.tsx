import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { Matrix } from '../../../parts/Matrix.tsx';
import { Panel } from '../../../parts/Panel.tsx';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { over, sumSign } from '../formulas.ts';
import { words } from '../words.ts';
import { Letter } from './Letter.tsx';

interface HessianPanelProps {
  readonly machine: Machine;
  readonly row: number;
}

/** The second derivative of the loss: the gradient differentiated again through the tape, beside its formula. */
export function HessianPanel({ machine, row }: HessianPanelProps): JSX.Element {
  const said = useWords(words);
  const { hessians } = machine;
  const { fromTape, formula, largestDifference } = hessians[Math.min(row, hessians.length - 1)];
  const names = fromTape.map((_, index) => <Letter key={index} of="z" index={index} />);
  const latex = over(`(${sumSign} t)\\,(\\operatorname{diag}(p) - p\\,p^{\\top})`, machine);
  return (
    <Panel isWide={names.length > 3} title={said.hessian}>
      <p>{said.hessianAbout}</p>
      <Formula isDisplayed latex={`\\nabla^2 L = ${latex}`} />
      <div class="steps-pair">
        <div>
          <h3>{said.fromTape}</h3>
          <Matrix
            caption={said.fromTape}
            rows={fromTape}
            rowNames={names}
            columnNames={names}
            kind="gradient"
            name="hessian"
          />
        </div>
        <div>
          <h3>{said.byFormula}</h3>
          <Matrix caption={said.byFormula} rows={formula} rowNames={names} columnNames={names} name="hessian-formula" />
        </div>
      </div>
      <p class="steps-note">
        {said.largest}: <Value of={largestDifference} digits={2} name="hessian-difference" />
      </p>
    </Panel>
  );
}
