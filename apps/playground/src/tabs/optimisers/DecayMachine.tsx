import type { JSX } from 'preact';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Swatch } from '../../parts/Swatch.tsx';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { DecayChart } from './DecayChart.tsx';
import type { Decays } from './decays.ts';
import { decayNames, decayStrokes, weightNames } from './names.ts';
import type { MachineProps } from './ValleyMachine.tsx';
import { optimiserWords } from './words.ts';

/** Two weights, one with large gradients and one with small: what is left of each under L2 and under decoupled decay. */
export function DecayMachine({ asked, form, change }: MachineProps): JSX.Element {
  const words = useWords(optimiserWords);
  const { large, small, rate, lambda, decaySteps } = form;
  const { answer: decays } = useAnswer(asked.decays, { large, small, rate, lambda, decaySteps });
  useOffer({ code: async () => (await import('./decayCode.ts')).decayCodeOf(form) });
  return (
    <div class="machine optimisers-machine">
      <Panel title={words.weights} isTitleHeard>
        <div class="knobs optimisers-knobs">
          {weightNames.map((which) => (
            <NumberField
              key={which}
              label={words.gradients[which]}
              value={form[which]}
              from={0.01}
              to={100}
              isLogarithmic
              onChange={(size) => change({ [which]: size })}
            />
          ))}
        </div>
        {decays && <DecayChart decays={decays} />}
        {decays && <LeftTable decays={decays} />}
        <p class="quiet">{words.decayNote}</p>
      </Panel>
      <div class="stack">
        <Panel title={words.settings}>
          <div class="knobs">
            <NumberField
              label={words.lambda}
              value={lambda}
              from={0}
              to={1}
              step={0.01}
              onChange={(lambda) => change({ lambda })}
            />
            <NumberField
              label={words.rate}
              value={rate}
              from={0.001}
              to={0.1}
              step={0.001}
              onChange={(rate) => change({ rate })}
            />
            <NumberField
              label={words.decaySteps}
              value={decaySteps}
              from={10}
              to={1000}
              step={10}
              // Pulled to and fro equally often.
              onChange={(steps) => change({ decaySteps: 2 * Math.round(steps / 2) })}
            />
          </div>
        </Panel>
        <Panel title={words.why}>
          <ul class="optimisers-why">
            {decayNames.map((name) => (
              <li key={name}>
                <strong>{words.decays[name]}</strong>: {words.whys[name]}
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </div>
  );
}

/** What is left of weights that began at 1. */
function LeftTable({ decays }: { readonly decays: Decays }): JSX.Element {
  const words = useWords(optimiserWords);
  return (
    <Table caption={words.left} isTitled heads={['', ...weightNames.map((which) => words.weightsWith[which])]}>
      {decayNames.map((name) => (
        <tr key={name}>
          <th scope="row">
            <Swatch {...decayStrokes[name]} /> {words.decays[name]}
          </th>
          {weightNames.map((which) => (
            <td key={which}>
              <Value of={decays[name][which].at(-1) ?? 1} kind="value" digits={3} name={`left-${name}-${which}`} />
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
