import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { latexNumber } from '../../parts/shownNumber.ts';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Base } from './base.ts';
import { logarithm } from './base.ts';
import type { Measures } from './measures.ts';
import { distributionWords, outcomeName } from './words.ts';

interface OutcomeTableProps {
  readonly measures: Measures;
  readonly base: Base;
}

/** What each outcome adds to each divergence. */
export function ContributionsPanel({ measures, base }: OutcomeTableProps): JSX.Element {
  const words = useWords(distributionWords);
  const { p, q, forward, reverse } = measures;
  const log = logarithm(base);
  const hasZero = [...p, ...q].includes(0);
  return (
    <Panel title={words.contributions}>
      <Scrolling label={words.contributions}>
        <table class="table distributions-contributions">
          <thead>
            <tr>
              <th scope="col">{words.outcome}</th>
              <th scope="col" colSpan={2}>
                <span class="unseen">D(P‖Q)</span>
                <Formula latex={`p\\,${log}\\frac{p}{q}`} />
              </th>
              <th scope="col" colSpan={2}>
                <span class="unseen">D(Q‖P)</span>
                <Formula latex={`q\\,${log}\\frac{q}{p}`} />
              </th>
            </tr>
          </thead>
          <tbody>
            {p.map((_, at) => (
              <tr key={at}>
                <th scope="row">{outcomeName(at)}</th>
                <Term value={forward.terms[at]} of={p[at]} from={q[at]} log={log} name={`term-pq-${at}`} />
                <Term value={reverse.terms[at]} of={q[at]} from={p[at]} log={log} name={`term-qp-${at}`} />
              </tr>
            ))}
            <tr class="distributions-sum">
              <th scope="row">{words.sum}</th>
              <td>
                <Formula latex="D_{\mathrm{KL}}(P \,\|\, Q) =" />
              </td>
              <td>
                <Value of={forward.value} kind="value" name="sum-pq" />
              </td>
              <td>
                <Formula latex="D_{\mathrm{KL}}(Q \,\|\, P) =" />
              </td>
              <td>
                <Value of={reverse.value} kind="value" name="sum-qp" />
              </td>
            </tr>
          </tbody>
        </table>
      </Scrolling>
      {hasZero && <p class="quiet distributions-note">{words.zero}</p>}
    </Panel>
  );
}

interface TermProps {
  readonly value: number;
  readonly of: number;
  readonly from: number;
  readonly log: string;
  readonly name: string;
}

function Term({ value, of, from, log, name }: TermProps): JSX.Element {
  const [weight, other] = [latexNumber(of, 3), latexNumber(from, 3)];
  return (
    <>
      <td>
        <Formula latex={`${weight}\\,${log}\\tfrac{${weight}}{${other}} =`} />
      </td>
      <td>
        <Value of={value} kind="value" name={name} />
      </td>
    </>
  );
}

/** The gradients of both divergences by Q. */
export function GradientsPanel({ measures, base }: OutcomeTableProps): JSX.Element {
  const words = useWords(distributionWords);
  const { p, forward, reverse } = measures;
  const unit = base === 'e' ? '' : `\\,/ \\ln ${base}`;
  const columns = [
    { key: 'pq-by-q', numbers: forward.byQ, latex: `-\\frac{p}{q}${unit}` },
    { key: 'pq-by-logit', numbers: forward.byLogits, latex: unit ? `(q - p)${unit}` : 'q - p' },
    { key: 'qp-by-q', numbers: reverse.byQ, latex: unit ? `(\\ln\\frac{q}{p} + 1)${unit}` : '\\ln\\frac{q}{p} + 1' },
    { key: 'qp-by-logit', numbers: reverse.byLogits, latex: `q\\,(${logarithm(base)}\\frac{q}{p} - D)` },
  ];
  const hasNone = columns.some(({ numbers }) => numbers.some(Number.isNaN));
  return (
    <Panel title={words.gradients}>
      <p class="quiet">{words.gradientsLead}</p>
      <Scrolling label={words.gradients}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col" rowSpan={3}>
                {words.outcome}
              </th>
              <th scope="colgroup" colSpan={2}>
                <span class="unseen">D(P‖Q)</span>
                <Formula latex="D_{\mathrm{KL}}(P \,\|\, Q)" />
              </th>
              <th scope="colgroup" colSpan={2}>
                <span class="unseen">D(Q‖P)</span>
                <Formula latex="D_{\mathrm{KL}}(Q \,\|\, P)" />
              </th>
            </tr>
            <tr>
              {columns.map(({ key }, at) => (
                <th key={key} scope="col">
                  {at % 2 === 0 ? words.byQ : words.byLogit}
                </th>
              ))}
            </tr>
            <tr>
              {columns.map(({ key, latex }) => (
                <td key={key}>
                  <Formula latex={latex} />
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {p.map((_, at) => (
              <tr key={at}>
                <th scope="row">{outcomeName(at)}</th>
                {columns.map(({ key, numbers }) => (
                  <td key={key}>
                    {Number.isNaN(numbers[at]) ? '—' : <Value of={numbers[at]} kind="gradient" name={`${key}-${at}`} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      {hasNone && <p class="quiet distributions-note">{words.noGradient}</p>}
    </Panel>
  );
}
