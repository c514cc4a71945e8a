import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { useWords } from '../../../words/words.ts';
import type { Machine } from '../compute/machine.ts';
import { passedOn, slopeBy, withNumbers } from '../formulas.ts';
import type { Position } from '../position.ts';
import { stepWords } from '../stepWords.ts';
import { words } from '../words.ts';

interface ToldProps {
  readonly machine: Machine;
  readonly position: Position;
  readonly row: number;
  /** Where the step stands above it, in pixels from the left; absent where the chain runs down. */
  readonly at: number | undefined;
}

/** The step that the walk stands at, in a sentence and a formula, right at the step. */
export function Told({ machine, position, row, at }: ToldProps): JSX.Element {
  const said = useWords(words);
  const told = useWords(stepWords)[position.name];
  const isForward = position.direction === 'forward';
  const step = machine.chain.find(({ name }) => name === position.name) ?? machine.chain[0];
  const isLoss = step === machine.chain[machine.chain.length - 1];
  const isSummed = machine.question.reduction !== 'none';
  const formulas = isForward
    ? [withNumbers(machine, step.name, row)]
    : [
        ...(isLoss && isSummed ? [`${slopeBy(machine, step.name)} = 1`] : []),
        ...step.passed.map(({ to }) => `${slopeBy(machine, to)} \\leftarrow ${passedOn(machine, step.name, to)}`),
      ];
  return (
    <div class={`steps-told ${position.direction}`} style={at === undefined ? undefined : { '--at': `${at}px` }}>
      <p>
        <strong>{told.name}</strong> {isForward ? told.forward : told.backward}
        {!isForward && isLoss && !isSummed && ` ${said.none}`}
      </p>
      {formulas.map((latex) => (
        <Formula key={latex} isDisplayed latex={latex} />
      ))}
    </div>
  );
}
