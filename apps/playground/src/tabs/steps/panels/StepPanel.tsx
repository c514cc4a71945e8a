import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { Panel } from '../../../parts/Panel.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { slopeBy, withNumbers } from '../formulas.ts';
import type { Position } from '../position.ts';
import { stepWords } from '../stepWords.ts';
import { words } from '../words.ts';
import { PassedOn } from './PassedOn.tsx';

interface StepPanelProps {
  readonly machine: Machine;
  readonly position: Position;
  readonly row: number;
}

/** The step that the walk stands at: its formula with the numbers, and on the way back what it passes on. */
export function StepPanel({ machine, position, row }: StepPanelProps): JSX.Element {
  const said = useWords(words);
  const told = useWords(stepWords)[position.name];
  const step = machine.chain.find(({ name }) => name === position.name) ?? machine.chain[0];
  const isForward = position.direction === 'forward';
  const isFirst = step === machine.chain[machine.chain.length - 1];
  return (
    <Panel isWide title={`${isForward ? said.forward : said.backward}: ${told.name}`}>
      <p>{isForward ? told.forward : told.backward}</p>
      {isForward && <Formula isDisplayed latex={withNumbers(machine, step.name, row)} />}
      {!isForward && isFirst && machine.question.reduction === 'none' && <p>{said.none}</p>}
      {!isForward && isFirst && machine.question.reduction !== 'none' && (
        <Formula isDisplayed latex={`${slopeBy(machine, step.name)} = 1`} />
      )}
      {!isForward && (
        <div class={machine.question.logits[0].length > 3 ? 'steps-gifts long' : 'steps-gifts'}>
          {step.passed.map((passed) => (
            <PassedOn key={passed.to} machine={machine} step={step} passed={passed} row={row} />
          ))}
          {step.passed.length === 0 && <PassedOn machine={machine} step={step} passed={undefined} row={row} />}
        </div>
      )}
      {step.passed.some(({ jacobian }) => jacobian.length > 1) && !isForward && (
        <p class="quiet steps-note">{said.rowByRow}</p>
      )}
    </Panel>
  );
}
