import type { JSX } from 'preact';
import { Panel } from '../../../parts/Panel.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import type { Position } from '../position.ts';
import { stepWords } from '../stepWords.ts';
import { words } from '../words.ts';
import { PassedOn } from './PassedOn.tsx';

interface StepPanelProps {
  readonly machine: Machine;
  readonly position: Position;
  readonly row: number;
}

/** On the way back: what the step that the walk stands at passes on to whom, number by number. */
export function StepPanel({ machine, position, row }: StepPanelProps): JSX.Element | null {
  const said = useWords(words);
  const told = useWords(stepWords)[position.name];
  if (position.direction === 'forward') return null;
  const step = machine.chain.find(({ name }) => name === position.name) ?? machine.chain[0];
  return (
    <Panel isWide title={said.passesOn(told.name)}>
      <div class={machine.question.logits[0].length > 3 ? 'steps-gifts long' : 'steps-gifts'}>
        {step.passed.map((passed) => (
          <PassedOn key={passed.to} machine={machine} step={step} passed={passed} row={row} />
        ))}
        {step.passed.length === 0 && <PassedOn machine={machine} step={step} passed={undefined} row={row} />}
      </div>
      {step.passed.some(({ jacobian }) => jacobian.length > 1) && <p class="quiet steps-note">{said.rowByRow}</p>}
    </Panel>
  );
}
