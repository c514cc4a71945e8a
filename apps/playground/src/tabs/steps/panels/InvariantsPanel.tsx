import type { ComponentChildren, JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { NumberField } from '../../../parts/NumberField.tsx';
import { Panel } from '../../../parts/Panel.tsx';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import type { Verdict } from '../compute/invariants.ts';
import type { Machine } from '../compute/machine.ts';
import { ranges } from '../fields.ts';
import { sumSign } from '../formulas.ts';
import { words } from '../words.ts';

interface InvariantsPanelProps {
  readonly machine: Machine;
  readonly row: number;
  readonly constant: number;
  readonly onConstant: (constant: number) => void;
}

/** What holds whatever the numbers are, measured on these. */
export function InvariantsPanel({ machine, row, constant, onConstant }: InvariantsPanelProps): JSX.Element {
  const said = useWords(words);
  const { invariants } = machine;
  const shown = Math.min(row, machine.question.logits.length - 1);
  return (
    <Panel title={said.invariants}>
      <ul class="steps-invariants">
        <Invariant title={said.sums} holds={invariants.sumsHold}>
          <Formula latex={`${sumSign}_c \\partial L / \\partial z_c =`} />{' '}
          <Value of={invariants.gradientSums[shown]} kind="gradient" digits={3} name="gradient-sum" />
        </Invariant>
        <Invariant title={said.least} holds={invariants.leastHold}>
          <Value of={invariants.rowLosses[shown]} kind="value" digits={5} name="row-loss" /> ≥{' '}
          <Value of={invariants.leastLosses[shown]} kind="value" digits={5} name="entropy" />{' '}
          <span class="quiet">{said.leastOf}</span>
        </Invariant>
        <Invariant title={said.adding} holds={invariants.changeHolds}>
          <div class="steps-constant">
            <NumberField
              label={said.constant}
              value={constant}
              {...ranges.constant}
              step={1}
              hasSlider={false}
              onChange={onConstant}
            />
          </div>
          {said.lossChange} <Value of={invariants.lossChange} kind="value" digits={2} name="loss-change" />,{' '}
          {said.gradientChange}{' '}
          <Value of={invariants.gradientChange} kind="gradient" digits={2} name="gradient-change" />
        </Invariant>
        <Invariant title={said.check} holds={invariants.checkHolds}>
          <Value of={invariants.checkError} digits={2} name="check-error" />{' '}
          <span class="quiet">{said.error(invariants.comparisons)}</span>
        </Invariant>
      </ul>
    </Panel>
  );
}

interface InvariantProps {
  readonly title: string;
  readonly holds: Verdict;
  readonly children: ComponentChildren;
}

function Invariant({ title, holds, children }: InvariantProps): JSX.Element {
  const said = useWords(words);
  const [look, sign, told] =
    holds === undefined
      ? (['untested', '–', said.untested] as const)
      : holds
        ? (['holds', '✓', said.holds] as const)
        : (['fails', '✕', said.fails] as const);
  return (
    <li class={look}>
      <span class="steps-verdict" role="img" aria-label={told} title={told}>
        {sign}
      </span>
      <div>
        <p>{title}</p>
        <div>{children}</div>
      </div>
    </li>
  );
}
