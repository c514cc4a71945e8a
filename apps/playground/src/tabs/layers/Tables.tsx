import type { JSX } from 'preact';
import { Panel } from '../../parts/Panel.tsx';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Kink } from './compute/kinks.ts';
import type { Statistics } from './compute/statistics.ts';
import type { View } from './compute/view.ts';
import { activationLabels } from './signs.ts';
import { layerWords } from './words.ts';

/** relu and its kin at 0, with the slopes beside it. */
export function KinkTable({ kinks }: { readonly kinks: readonly Kink[] }): JSX.Element {
  const words = useWords(layerWords);
  return (
    <Panel title={words.kinks}>
      <p class="quiet">{words.kinksAbout}</p>
      <Table caption={words.kinks} heads={[words.function, words.valueAtZero, words.below, words.at, words.above]}>
        {kinks.map(({ name, value, slopes, isKink }) => (
          <tr key={name} class={isKink ? 'layers-kink' : undefined}>
            <th scope="row">{activationLabels[name]}</th>
            <td>
              <Value of={value} kind="value" />
            </td>
            {slopes.map((slope, at) => (
              <td key={at}>
                <Value of={slope} kind="gradient" name={`kink-${name}-${at}`} />
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

interface StatisticsTableProps {
  readonly view: View;
  readonly statistics: Statistics;
}

/** What a batch was normalised by, feature by feature, and that its gradients sum to 0. */
export function StatisticsTable({ view, statistics }: StatisticsTableProps): JSX.Element {
  const words = useWords(layerWords);
  const [x] = view.operands;
  const features = Array.from({ length: x.columns }, (_, column) => column);
  const sums = features.map((column) =>
    x.gradient.reduce((sum, slope, at) => sum + (at % x.columns === column ? slope : 0), 0),
  );
  const rows = [
    { label: words.mean, numbers: statistics.mean, kind: 'value', name: 'mean' },
    { label: words.deviation, numbers: statistics.deviation, kind: 'value', name: 'deviation' },
    // Sums of rounded numbers miss 0 by a few digits of the last place.
    { label: words.gradientSum, numbers: sums.map(withoutNoise), kind: 'gradient', name: 'gradient-sum' },
  ] as const;
  return (
    <Panel title={words.statistics}>
      <Table caption={words.statistics} heads={['', ...features.map(words.feature)]}>
        {rows.map(({ label, numbers, kind, name }) => (
          <tr key={name}>
            <th scope="row">{label}</th>
            {numbers.map((number, column) => (
              <td key={column}>
                <Value of={number} kind={kind} name={`${name}-${column}`} />
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

const withoutNoise = (sum: number): number => (Math.abs(sum) < 1e-9 ? 0 : sum);
