import './convolution.css';
import type { JSX } from 'preact';
import { useFields } from '../../address/useFields.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import type { Asked } from '../../worker/connect.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { Controls } from './Controls.tsx';
import { Counts } from './Counts.tsx';
import { FieldPanel } from './FieldPanel.tsx';
import { convolutionFields, type Form, presetOf } from './fields.ts';
import { Stage } from './Stage.tsx';
import { convolutionWords } from './words.ts';
import type { answers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** A convolution on a small grid: what an output reads, and where gradients arrive. */
export function ConvolutionTab(): JSX.Element {
  const words = useWords(convolutionWords);
  const [form, change, reset] = useFields('convolution', convolutionFields);
  const worker = useWorker<typeof answers>(newWorker);
  return (
    <>
      <TabHead title={words.title} onReset={reset}>
        {words.intro}
      </TabHead>
      <div class="machine convolution">
        <Controls form={form} change={change} />
        <Shown worker={worker} form={form} change={change} />
      </div>
    </>
  );
}

interface ShownProps {
  readonly worker: Asked<typeof answers>;
  readonly form: Form;
  readonly change: (some: Partial<Form>) => void;
}

function Shown({ worker, form, change }: ShownProps): JSX.Element {
  const words = useWords(convolutionWords);
  const view = useAnswer(worker.view, form);
  const { answer } = view;
  useOffer({ code: async () => (answer ? (await import('./code.ts')).codeOf(answer) : '') });
  // The stack is of one channel, and does not depend on what is looked at.
  const field = useAnswer(worker.field, { ...form, in: 1, out: 1, groups: 1, moved: [], look: 'output', at: [] });
  return (
    <div class="stack">
      {view.failure && (
        <>
          <FailureNotice failure={view.failure} onAgain={view.again} />
          {view.answer && <p class="quiet">{words.stale}</p>}
        </>
      )}
      {view.answer && (
        <div class={`stack ${view.failure ? 'convolution-stale' : ''}`}>
          <Panel title={words[presetOf(view.answer.picture.form)]}>
            <Stage view={view.answer} form={form} change={change} />
          </Panel>
          <div class="panels">
            <Counts picture={view.answer.picture} />
          </div>
        </div>
      )}
      <div class={field.failure ? 'convolution-stale' : undefined}>
        <FieldPanel
          field={field.answer}
          isDeformable={form.operation === 'deformable' && form.strength > 0}
          layers={form.layers}
          onLayers={(layers) => change({ layers })}
        />
      </div>
    </div>
  );
}
