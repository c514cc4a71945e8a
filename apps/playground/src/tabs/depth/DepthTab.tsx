import './depth.css';
import type { JSX } from 'preact';
import { useFields } from '../../address/useFields.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { Value } from '../../parts/Value.tsx';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { Controls, Sliders } from './Controls.tsx';
import { depthFields } from './fields.ts';
import type { Sizes } from './net.ts';
import { SizesChart } from './SizesChart.tsx';
import { SizesTable } from './SizesTable.tsx';
import { verdictOn } from './verdict.ts';
import { depthWords } from './words.ts';
import type { DepthAnswers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** A deep net before its first training step: does the gradient reach the first layer? */
export function DepthTab(): JSX.Element {
  const words = useWords(depthWords);
  const [form, change, reset] = useFields('depth', depthFields);
  const asked = useWorker<DepthAnswers>(newWorker);
  const { answer: sizes, failure, again } = useAnswer(asked.sizes, form);
  useOffer({ code: async () => (await import('./code.ts')).codeOf(form) });
  return (
    <>
      <TabHead title={words.title} onReset={reset}>
        {words.intro}
      </TabHead>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      <div class="machine depth-machine">
        <Panel title={words.sizes} isTitleHeard>
          <Sliders form={form} change={change} />
          {sizes ? (
            <>
              <Arriving sizes={sizes} />
              <SizesChart sizes={sizes} />
              <p class="quiet">{words.note}</p>
              <SizesTable sizes={sizes} />
            </>
          ) : (
            <p class="quiet">{words.loading}</p>
          )}
        </Panel>
        <Panel title={words.net}>
          <Controls form={form} change={change} />
        </Panel>
      </div>
    </>
  );
}

/** What is left of the gradient at the input, and what that means. */
function Arriving({ sizes: { gradients, activations } }: { readonly sizes: Sizes }): JSX.Element {
  const words = useWords(depthWords);
  const [share] = gradients;
  // What one layer makes of the gradient, on average.
  const factor = share ** (1 / (gradients.length - 1));
  return (
    <div class="depth-arriving">
      <p class="depth-share">
        {words.arriving} <Value of={share} kind="gradient" digits={3} name="arriving" />
      </p>
      <p>
        {words.perLayer} <Value of={factor} kind="gradient" digits={3} name="per-layer" />
      </p>
      <p>
        {words.leaving} <Value of={activations[activations.length - 1]} kind="value" digits={3} name="leaving" />
      </p>
      <p class="depth-verdict" aria-live="polite">
        {words.verdicts[verdictOn(share)]}
      </p>
    </div>
  );
}
