import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { IdentityChart } from './IdentityChart.tsx';
import type { Divergence, Measures } from './measures.ts';
import { distributionWords, outcomeName } from './words.ts';

interface MeasuresPanelProps {
  readonly measures: Measures;
  readonly unit: string;
}

/** Entropies, cross-entropies and divergences, both ways. */
export function MeasuresPanel({ measures, unit }: MeasuresPanelProps): JSX.Element {
  const words = useWords(distributionWords);
  const { forward, reverse, jensenShannon } = measures;
  const rows = [
    { name: words.entropyOf('P'), latex: 'H(P)', value: forward.entropy, key: 'entropy-p' },
    { name: words.entropyOf('Q'), latex: 'H(Q)', value: reverse.entropy, key: 'entropy-q' },
    { name: words.crossEntropyOf, latex: 'H(P, Q)', value: forward.crossEntropy, key: 'cross-entropy-pq' },
    { name: words.crossEntropyOf, latex: 'H(Q, P)', value: reverse.crossEntropy, key: 'cross-entropy-qp' },
    { name: words.divergenceOf, latex: 'D_{\\mathrm{KL}}(P \\,\\|\\, Q)', value: forward.value, key: 'kl-pq' },
    { name: words.divergenceOf, latex: 'D_{\\mathrm{KL}}(Q \\,\\|\\, P)', value: reverse.value, key: 'kl-qp' },
    { name: words.jensenShannon, latex: '\\mathrm{JS}(P, Q)', value: jensenShannon, key: 'js' },
  ];
  return (
    <Panel title={words.measures}>
      <IdentityChart measures={measures} />
      <table class="table distributions-measures">
        <tbody>
          {rows.map(({ name, latex, value, key }) => (
            <tr key={key}>
              <th scope="row">
                <Formula latex={latex} /> <span class="quiet">{name}</span>
              </th>
              <td>
                <Value of={value} digits={5} kind="value" name={key} /> <span class="quiet">{unit}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Infinite divergence={forward} of="P" from="Q" />
      <Infinite divergence={reverse} of="Q" from="P" />
    </Panel>
  );
}

interface InfiniteProps {
  readonly divergence: Divergence;
  readonly of: string;
  readonly from: string;
}

/** Why a divergence is infinite, where it is. */
function Infinite({ divergence, of, from }: InfiniteProps): JSX.Element | null {
  const words = useWords(distributionWords);
  if (Number.isFinite(divergence.value)) return null;
  const outcomes = divergence.terms.flatMap((term, at) => (term === Infinity ? [outcomeName(at)] : []));
  return (
    <Notice kind="note">
      <p>{words.infinite(of, from, outcomes.join(', '))}</p>
    </Notice>
  );
}
