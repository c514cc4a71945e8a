import type { JSX } from 'preact';
import { Formula } from '../../../parts/Formula.tsx';
import { Matrix } from '../../../parts/Matrix.tsx';
import { useWords } from '../../../words/words.ts';
import type { ChainName } from '../chainNames.ts';
import type { Machine } from '../compute/machine.ts';
import type { ChainStep, Passed } from '../compute/walk.ts';
import { letterOf, passedOn, productLines, rowOf, slopeBy } from '../formulas.ts';
import { stepWords } from '../stepWords.ts';
import { words } from '../words.ts';
import { Letter } from './Letter.tsx';

interface PassedOnProps {
  readonly machine: Machine;
  readonly step: ChainStep;
  /** Absent at the logits, where the walk ends. */
  readonly passed: Passed | undefined;
  readonly row: number;
}

/** Incoming gradient × local Jacobian = what an input receives, and what that adds up to. */
export function PassedOn({ machine, step, passed, row }: PassedOnProps): JSX.Element {
  const said = useWords(words);
  const told = useWords(stepWords);
  const isWhole = passed?.jacobian.length === 1;
  const numbersOf = (rows: readonly (readonly number[])[]): readonly number[] =>
    isWhole ? rows.flat() : rowOf(rows, row);
  const namesOf = (name: ChainName, count: number): JSX.Element[] =>
    Array.from({ length: count }, (_, index) => (
      <Letter key={index} of={letterOf(machine, name)} index={count === 1 ? undefined : index} />
    ));
  const gradient = numbersOf(step.gradient);
  const slope = (name: ChainName): JSX.Element => <Letter of={`∂L/∂${letterOf(machine, name)}`} />;
  const own = namesOf(step.name, gradient.length);
  const incoming = (
    <Part label={said.incoming}>
      <Matrix
        caption={said.incoming}
        rows={[gradient]}
        rowNames={[slope(step.name)]}
        columnNames={own}
        kind="gradient"
        name="incoming"
      />
    </Part>
  );
  if (!passed) return <div class="steps-product">{incoming}</div>;
  const receiver = told[passed.to].name;
  const product = numbersOf(passed.product);
  const theirs = namesOf(passed.to, product.length);
  const fraction = `\\frac{\\partial ${letterOf(machine, step.name)}}{\\partial ${letterOf(machine, passed.to)}}`;
  return (
    <section class="steps-gift" aria-label={said.receives(receiver)}>
      <Formula
        isDisplayed
        latex={`${slopeBy(machine, passed.to)} \\mathrel{${passed.before ? '{+}{=}' : '='}} ${passedOn(machine, step.name, passed.to)}`}
      />
      <div class="steps-product">
        {incoming}
        <span class="steps-sign">×</span>
        <Part label={said.jacobian} latex={fraction}>
          <Matrix
            caption={said.jacobian}
            rows={passed.jacobian[isWhole ? 0 : row]}
            rowNames={own}
            columnNames={theirs}
            name={`jacobian-${passed.to}`}
          />
        </Part>
        <span class="steps-sign">=</span>
        <Part label={said.receives(receiver)}>
          <Matrix
            caption={said.receives(receiver)}
            rows={[product]}
            rowNames={[slope(passed.to)]}
            columnNames={theirs}
            kind="gradient"
            name={`product-${passed.to}`}
          />
        </Part>
      </div>
      <div class="steps-lines">
        {productLines(machine, step, passed, row).map((line) => (
          <Formula key={line} isDisplayed latex={line} />
        ))}
      </div>
      <Sum passed={passed} names={theirs} numbersOf={numbersOf} isLast={isLastGift(machine, passed)} />
    </section>
  );
}

interface SumProps {
  readonly passed: Passed;
  readonly names: readonly JSX.Element[];
  readonly numbersOf: (rows: readonly (readonly number[])[]) => readonly number[];
  readonly isLast: boolean;
}

/** What the gift is added to, where it is not the first. */
function Sum({ passed, names, numbersOf, isLast }: SumProps): JSX.Element {
  const said = useWords(words);
  if (!passed.before) return <p class="quiet steps-note">{isLast ? said.isFirst : said.isPart}</p>;
  return (
    <div class="steps-note">
      <p class="quiet">{said.addsTo}</p>
      <Matrix
        caption={said.addsTo}
        rows={[numbersOf(passed.before), numbersOf(passed.product), numbersOf(passed.after)]}
        rowNames={[said.had, `+ ${said.product}`, said.has]}
        columnNames={names}
        kind="gradient"
        name={`received-${passed.to}`}
      />
    </div>
  );
}

/** Whether this is all that the receiver gets. */
function isLastGift({ chain }: Machine, passed: Passed): boolean {
  const gifts = chain.flatMap((step) => step.passed.filter(({ to }) => to === passed.to));
  return gifts[0] === passed;
}

interface PartProps {
  readonly label: string;
  readonly latex?: string;
  readonly children: JSX.Element;
}

function Part({ label, latex, children }: PartProps): JSX.Element {
  return (
    <div class="steps-part">
      <p class="steps-label">
        {label} {latex && <Formula latex={latex} />}
      </p>
      {children}
    </div>
  );
}
