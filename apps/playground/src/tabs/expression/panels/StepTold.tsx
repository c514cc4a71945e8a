import { type StepDescription, stepRow } from '@tapegrad/explain';
import type { ExpressionStudy } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { useWords } from '../../../words/words.ts';
import type { Position } from '../position.ts';
import { nameOfStep } from '../stepNames.ts';
import { words } from '../words.ts';
import { Arrived } from './Arrived.tsx';
import { NumbersTable } from './NumbersTable.tsx';
import { PassedOn } from './PassedOn.tsx';

interface StepToldProps {
  readonly study: ExpressionStudy;
  readonly position: Position;
}

/** The step where the walk stands: its formula and value, or what arrives, its local derivatives and what it passes on. */
export function StepTold({ study, position }: StepToldProps): JSX.Element {
  const said = useWords(words);
  const step = study.tape.steps[position.step];
  return (
    <section class="expression-step" aria-label={nameOfStep(step)}>
      <p class="expression-row">
        <code>{stepRow(step)}</code>
      </p>
      {position.direction === 'forward' ? (
        <Forward study={study} step={step} />
      ) : (
        <Backward study={study} step={step} />
      )}
      {study.isSum && step.index === study.tape.output && <p class="quiet">{said.isSum}</p>}
    </section>
  );
}

interface SideProps {
  readonly study: ExpressionStudy;
  readonly step: StepDescription;
}

function Forward({ study, step }: SideProps): JSX.Element {
  const said = useWords(words);
  const told = study.derivation?.values.find(({ index }) => index === step.index);
  const isLeaf = Object.keys(step.inputs).length === 0;
  return (
    <>
      {told?.formula && (
        <Formula
          isDisplayed
          latex={`${told.label.latex} = ${told.formula.latex}${told.inNumbers ? ` = ${told.inNumbers.latex}` : ''}`}
        />
      )}
      {isLeaf && <p>{step.operation === 'constant' ? said.isConstant : said.isLeaf}</p>}
      <h3>{said.value}</h3>
      <NumbersTable caption={said.value} numbers={step.value} kind="value" name="step-value" />
    </>
  );
}

function Backward({ study, step }: SideProps): JSX.Element {
  const said = useWords(words);
  const explained = study.derivation?.steps.find(({ index }) => index === step.index);
  return (
    <>
      {step.index === study.tape.output && <p>{said.begins}</p>}
      <Arrived step={step} steps={study.tape.steps} />
      {step.passed.length === 0 && <p>{said.ends}</p>}
      <div class="expression-gifts">
        {explained?.passed.map((passed) => (
          <PassedOn key={passed.input} passed={passed} steps={study.tape.steps} />
        ))}
      </div>
    </>
  );
}
