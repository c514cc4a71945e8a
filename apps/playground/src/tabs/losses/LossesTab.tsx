import './losses.css';
import type { JSX } from 'preact';
import { useFields } from '../../address/useFields.ts';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { CurvesPanel } from './CurvesPanel.tsx';
import { FitPanel } from './FitPanel.tsx';
import { lossFields } from './fields.ts';
import { SoftmaxPanel } from './SoftmaxPanel.tsx';
import { lossWords } from './words.ts';
import type { LossAnswers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Losses side by side: their shapes, what they make of outliers, and why classifiers use cross-entropy. */
export function LossesTab(): JSX.Element {
  const words = useWords(lossWords);
  const [state, change, reset] = useFields('losses', lossFields);
  const asked = useWorker<LossAnswers>(newWorker);
  // Fits take longer; what only follows a cursor should not have to wait for them.
  const fitter = useWorker<LossAnswers>(newWorker);
  const { shown, residual, delta, beta, tau, seed, points, rate, step, logit, classes } = state;
  const settings = { delta, beta, tau };
  useOffer({ code: async () => (await import('./code.ts')).codeOf(shown, residual, settings) });
  return (
    <div class="losses">
      <TabHead title={words.title} onReset={reset}>
        {words.lead}
      </TabHead>
      <div class="panels">
        <CurvesPanel asked={asked} shown={shown} residual={residual} {...settings} onChange={change} />
        <FitPanel asked={fitter} shown={shown} {...{ seed, points, rate, step }} {...settings} onChange={change} />
        <SoftmaxPanel asked={asked} logit={logit} classes={classes} onChange={change} />
      </div>
    </div>
  );
}
