import type { JSX } from 'preact';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Form } from './fields.ts';
import { heightAfter } from './heightAfter.ts';
import { LogField } from './LogField.tsx';
import { type OptimiserName, optimiserNames, strokes } from './names.ts';
import { Swatch } from './Swatch.tsx';
import type { Walk } from './walks.ts';
import { optimiserWords } from './words.ts';

interface WalkerTableProps {
  readonly form: Form;
  readonly walks: Partial<Record<OptimiserName, Walk>> | undefined;
  readonly change: (some: Partial<Form>) => void;
}

/** Who walks, at which learning rate, and how high each is after the step that is shown. */
export function WalkerTable({ form, walks, change }: WalkerTableProps): JSX.Element {
  const words = useWords(optimiserWords);
  const toggle = (name: OptimiserName, isWalking: boolean): void =>
    change({ walkers: optimiserNames.filter((one) => (one === name ? isWalking : form.walkers.includes(one))) });
  return (
    <Scrolling label={words.walkers}>
      <table class="optimisers-table">
        <thead>
          <tr>
            {[words.walker, words.rate, words.height, words.arrives].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {optimiserNames.map((name) => (
            <tr key={name}>
              <th scope="row">
                <label>
                  <input
                    type="checkbox"
                    checked={form.walkers.includes(name)}
                    onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
                  />
                  <Swatch {...strokes[name]} />
                  {words.names[name]}
                </label>
              </th>
              <td>
                <LogField
                  label={<span class="unseen">{words.rateOf(words.names[name])}</span>}
                  from={1e-4}
                  to={10}
                  value={form[`rate-${name}` as const]}
                  onChange={(rate) => change({ [`rate-${name}`]: rate } as Partial<Form>)}
                />
              </td>
              <Outcome name={name} walk={form.walkers.includes(name) ? walks?.[name] : undefined} step={form.step} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

interface OutcomeProps {
  readonly name: OptimiserName;
  readonly walk: Walk | undefined;
  readonly step: number;
}

/** How high it is after the step, and after how many steps it had a hundredth of its first height. */
function Outcome({ name, walk, step }: OutcomeProps): JSX.Element {
  const words = useWords(optimiserWords);
  if (!walk) {
    return (
      <>
        <td />
        <td />
      </>
    );
  }
  const { heights } = walk;
  const height = heightAfter(walk, step);
  const arrival = heights.findIndex((height) => height <= heights[0] / 100);
  return (
    <>
      <td>
        {height === undefined ? words.diverged : <Value of={height} kind="value" digits={3} name={`height-${name}`} />}
      </td>
      <td>{arrival < 0 ? '–' : <Value of={arrival} name={`arrival-${name}`} />}</td>
    </>
  );
}
