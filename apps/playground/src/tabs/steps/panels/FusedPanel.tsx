import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { Panel } from '../../../parts/Panel.tsx';
import { latexNumber } from '../../../parts/shownNumber.ts';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { over, rowOf, sumSign } from '../formulas.ts';
import { words } from '../words.ts';
import { Comparison } from './Comparison.tsx';
import { Letter } from './Letter.tsx';

interface FusedPanelProps {
  readonly machine: Machine;
  readonly row: number;
}

/** The loss in one operation, its gradient by the famous formula, and how far the chain is from both. */
export function FusedPanel({ machine, row }: FusedPanelProps): JSX.Element {
  const said = useWords(words);
  const { fused, chain } = machine;
  const classes = machine.question.logits[0].map((_, index) => <Letter key={index} of="z" index={index} />);
  const last = chain[chain.length - 1];
  return (
    <Panel title={said.fused}>
      <p>{said.fusedAbout}</p>
      <Formula isDisplayed latex={`\\frac{\\partial L}{\\partial z} = ${over(`(${sumSign} t)\\,p - t`, machine)}`} />
      <div class="steps-lines">
        {classes.map((_, column) => (
          <Formula key={column} isDisplayed latex={lineOf(machine, row, column)} />
        ))}
      </div>
      <h3>{said.gradientOf}</h3>
      <Comparison machine={machine} row={row} names={classes} />
      <h3>{said.loss}</h3>
      <dl class="steps-facts">
        <Fact name="fused-loss" label={said.fusedLoss} of={rowOf(fused.loss, row)[0]} digits={6} />
        <Fact name="chain-loss" label={said.chainLoss} of={rowOf(last.value, row)[0]} digits={6} />
        <Fact name="loss-difference" label={said.difference} of={rowOf(fused.lossDifference, row)[0]} digits={2} />
        <Fact name="loss-ulps" label={said.ulps} of={rowOf(fused.lossUlps, row)[0]} digits={2} />
      </dl>
      <p class="quiet">{said.ulpsMean}</p>
    </Panel>
  );
}

interface FactProps {
  readonly name: string;
  readonly label: string;
  readonly of: number;
  readonly digits: number;
}

function Fact({ name, label, of, digits }: FactProps): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Value of={of} digits={digits} kind="value" name={name} />
      </dd>
    </div>
  );
}

function lineOf(machine: Machine, row: number, column: number): string {
  const { totals, p, target, formula } = machine.fused;
  const [total] = rowOf(totals, row);
  const [share, t] = [rowOf(p, row)[column], rowOf(target, row)[column]];
  const numerator = `${latexNumber(total)} \\cdot ${latexNumber(share)} - ${latexNumber(t)}`;
  return `\\partial L / \\partial z_{${column}} = ${over(numerator, machine, true)} = ${latexNumber(rowOf(formula, row)[column])}`;
}
