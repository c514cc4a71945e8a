import type { JSX } from 'preact';
import { NumberField } from '../../parts/NumberField.tsx';
import { Swatch } from '../../parts/Swatch.tsx';
import { Table } from '../../parts/Table.tsx';
import { Tick } from '../../parts/Tick.tsx';
import { toggled } from '../../parts/toggled.ts';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { type Form, mostSteps } from './fields.ts';
import { Height } from './Height.tsx';
import { type OptimiserName, optimiserNames, strokes } from './names.ts';
import type { Walk, Walks } from './walks.ts';
import { optimiserWords } from './words.ts';

interface WalkerTableProps {
  readonly form: Form;
  readonly walks: Walks;
  readonly change: (some: Partial<Form>) => void;
}

/** Who walks, at which learning rate, how high each is after the step that is shown, and when it had arrived. */
export function WalkerTable({ form, walks, change }: WalkerTableProps): JSX.Element {
  const words = useWords(optimiserWords);
  const { walkers, step } = form;
  return (
    <Table
      caption={words.walkers}
      heads={[words.walker, words.rate, words.height, words.arrives]}
      class="optimisers-walkers"
    >
      {optimiserNames.map((name) => (
        <tr key={name}>
          <th scope="row">
            <Tick
              is={walkers.includes(name)}
              onChange={(is) => change({ walkers: toggled(optimiserNames, walkers, name, is) })}
            >
              <Swatch {...strokes[name]} />
              {words.names[name]}
            </Tick>
          </th>
          <td>
            <NumberField
              label={<span class="unseen">{words.rateOf(words.names[name])}</span>}
              value={form[`rate-${name}` as const]}
              from={1e-4}
              to={10}
              isLogarithmic
              onChange={(rate) => change({ [`rate-${name}`]: rate } as Partial<Form>)}
            />
          </td>
          <td>{walkers.includes(name) && <Height walk={walks[name]} step={step} name={`height-${name}`} />}</td>
          <td>{walkers.includes(name) && <Arrival walk={walks[name]} name={name} />}</td>
        </tr>
      ))}
    </Table>
  );
}

/** After how many steps a walk had a hundredth of its first height. */
function Arrival({ walk, name }: { readonly walk: Walk | undefined; readonly name: OptimiserName }): JSX.Element {
  if (!walk) return <span>…</span>;
  const { heights, hasDiverged } = walk;
  const arrival = heights.findIndex((height) => height <= heights[0] / 100);
  if (arrival >= 0) return <Value of={arrival} name={`arrival-${name}`} />;
  return <span>{hasDiverged || heights.length > mostSteps ? '–' : '…'}</span>;
}
