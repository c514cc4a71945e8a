import './convolution.css';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWords } from '../../words/words.ts';
import { type Asked, ask, useAnswer } from '../../worker/ask.ts';
import { Controls } from './Controls.tsx';
import { Counts } from './Counts.tsx';
import { FieldPanel } from './FieldPanel.tsx';
import { convolutionFields, type Form, presetOf } from './fields.ts';
import { Stage } from './Stage.tsx';
import { convolutionWords } from './words.ts';
import type { answers } from './worker.ts';

/** A convolution on a small grid: what an output reads, and where gradients arrive. */
export function ConvolutionTab(): JSX.Element {
  const words = useWords(convolutionWords);
  const [form, change, reset] = useFields('convolution', convolutionFields);
  const [worker, setWorker] = useState<Asked<typeof answers>>();
  useEffect(() => {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const asked = ask<typeof answers>(thread);
    setWorker(() => asked);
    return () => thread.terminate();
  }, []);
  return (
    <>
      <TabHead title={words.title} onReset={reset}>
        {words.intro}
      </TabHead>
      <div class="convolution">
        <Controls form={form} change={change} />
        {worker && <Shown worker={worker} form={form} change={change} />}
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
  // The stack is of one channel, and does not depend on what is looked at.
  const field = useAnswer(worker.field, { ...form, in: 1, out: 1, groups: 1, moved: [], look: 'output', at: [] });
  return (
    <div class="convolution-shown">
      {view.failure && (
        <Notice kind="error">
          <p lang="en" class="convolution-says">
            {view.failure.message}
          </p>
          <p>{words.stale}</p>
        </Notice>
      )}
      {view.answer && (
        <div class={`convolution-view ${view.failure ? 'convolution-stale' : ''}`}>
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
