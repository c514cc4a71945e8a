import type { JSX } from 'preact';
import { Choice } from '../../parts/Choice.tsx';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import type { Asked } from '../../worker/connect.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { type Form, mostSteps } from './fields.ts';
import { HeightChart } from './HeightChart.tsx';
import { Now } from './Now.tsx';
import { hasMomentum } from './names.ts';
import { useWalks } from './useWalks.ts';
import { ValleyPicture } from './ValleyPicture.tsx';
import { valleyNames } from './valleys.ts';
import { WalkerTable } from './WalkerTable.tsx';
import { optimiserWords } from './words.ts';
import type { OptimiserAnswers } from './worker.ts';

export interface MachineProps {
  readonly asked: Asked<OptimiserAnswers>;
  readonly form: Form;
  readonly change: (some: Partial<Form>) => void;
}

/** Optimisers beside each other in one valley: their paths, and how high they are after each step. */
export function ValleyMachine({ asked, form, change }: MachineProps): JSX.Element {
  const words = useWords(optimiserWords);
  const { valley, steepness, step } = form;
  const { answer: relief } = useAnswer(asked.relief, { valley, steepness });
  const { answer: walks = none, failure, again } = useWalks(asked, form);
  useOffer({ code: async () => (await import('./code.ts')).codeOf(form) });
  return (
    <div class="machine optimisers-machine">
      <Panel title={words.picture} isTitleHeard>
        {failure && <FailureNotice failure={failure} onAgain={again} />}
        <Now form={form} walks={walks} />
        <div class="optimisers-picture">
          {relief && <ValleyPicture form={form} relief={relief} walks={walks} onStart={(start) => change({ start })} />}
        </div>
        <div class="knobs optimisers-knobs">
          <NumberField
            label={words.step}
            value={step}
            from={0}
            to={mostSteps}
            step={1}
            onChange={(step) => change({ step: Math.round(step) })}
          />
          <NumberField
            label={words.steepness}
            value={steepness}
            from={1}
            to={100}
            step={1}
            onChange={(steepness) => change({ steepness })}
          />
        </div>
        <Choice
          label={words.valley}
          isInline
          options={valleyNames}
          nameOf={(name) => words.valleys[name]}
          value={valley}
          onChange={(valley) => change({ valley, start: [] })}
        />
        <p class="quiet">{words.valleyNotes[valley]}</p>
      </Panel>
      <div class="stack">
        <Panel title={words.walkers}>
          <WalkerTable form={form} walks={walks} change={change} />
          <div class="knobs">
            {form.walkers.some(hasMomentum) && (
              <NumberField
                label={words.momentum}
                value={form.momentum}
                from={0.1}
                to={0.99}
                step={0.01}
                onChange={(momentum) => change({ momentum })}
              />
            )}
            {form.walkers.includes('adamW') && (
              <NumberField
                label={words.decayOfAdamW}
                value={form.decay}
                from={0}
                to={1}
                step={0.05}
                onChange={(decay) => change({ decay })}
              />
            )}
          </div>
          {form.walkers.includes('muon') && <p class="quiet">{words.muonNote}</p>}
        </Panel>
        <Panel title={words.heights}>
          <HeightChart walks={walks} step={step} />
        </Panel>
      </div>
    </div>
  );
}

/** Walks that have not been walked yet. */
const none = {};
