import './layers.css';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { Kinds, Options } from './Controls.tsx';
import type { Shown } from './compute/shown.ts';
import { Explanation } from './Explanation.tsx';
import { FlipPanel } from './FlipPanel.tsx';
import { type Form, layerFields, type SetName } from './fields.ts';
import { JacobianPanel } from './JacobianPanel.tsx';
import { Looked } from './Looked.tsx';
import { Stage } from './Stage.tsx';
import { KinkTable, StatisticsTable } from './Tables.tsx';
import { Transport } from './Transport.tsx';
import { isSame, type Look, lookIn, walkOf } from './walk.ts';
import { layerWords } from './words.ts';
import type { LayerAnswers } from './worker.ts';
import { operandIn } from './written.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** One layer on a few numbers: forward and back, number by number. */
export function LayersTab(): JSX.Element {
  const words = useWords(layerWords);
  const [form, change, reset] = useFields('layers', layerFields);
  const asked = useWorker<LayerAnswers>(newWorker);
  // What is looked at changes no number.
  const { answer, failure, again } = useAnswer(asked.shown, { ...form, look: 'output', at: 0 } as const);
  useOffer({ code: async () => (answer ? (await import('./code.ts')).codeOf(answer.view) : '') });
  return (
    <div class="layers">
      <TabHead title={words.title} onReset={reset}>
        {words.intro}
      </TabHead>
      <Kinds form={form} change={change} />
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {answer ? <Machine shown={answer} form={form} change={change} /> : <p class="quiet">{words.loading}</p>}
    </div>
  );
}

interface MachineProps {
  readonly shown: Shown;
  readonly form: Form;
  readonly change: (some: Partial<Form>) => void;
}

function Machine({ shown, form, change }: MachineProps): JSX.Element {
  const words = useWords(layerWords);
  const { view } = shown;
  const [pointed, point] = useState<Look | undefined>();
  const chosen = lookIn(view, { grid: form.look, at: form.at });
  const look = pointed ? lookIn(view, pointed) : chosen;
  const walk = walkOf(view);
  const choose = ({ grid, at }: Look): void => change({ look: grid, at });
  const edit = (name: SetName, at: number, number: number): void => {
    const { numbers } = name === 'cotangent' ? view.cotangent : operandIn(view, name);
    // Of the layer that is shown, while the one that was chosen is on its way.
    change({ [`${view.form.layer}-${name}`]: numbers.with(at, number) } as Partial<Form>);
  };
  return (
    <div class="machine layers-machine">
      <section class="panel layers-panel" aria-label={words.names[view.form.layer]}>
        <Transport
          index={walk.findIndex((each) => isSame(each, chosen))}
          count={walk.length}
          isForward={chosen.grid === 'output'}
          onGo={(index) => {
            point(undefined);
            choose(walk[index]);
          }}
        />
        <Looked view={view} look={look} onEdit={edit} />
        <Stage view={view} look={look} onPoint={point} onLook={choose} onEdit={edit} />
        <Options form={form} change={change} />
        <p class="quiet">{words.hint}</p>
      </section>
      <div class="stack">
        <Explanation shown={shown} look={look} />
        {shown.flip && <FlipPanel view={view} flip={shown.flip} look={look} onLook={choose} />}
        {shown.kinks && <KinkTable kinks={shown.kinks} />}
        {shown.statistics && <StatisticsTable view={view} statistics={shown.statistics} />}
      </div>
      <JacobianPanel view={view} look={look} />
    </div>
  );
}
