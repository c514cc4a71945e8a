import './distributions.css';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { BarsPanel } from './BarsPanel.tsx';
import { baseOf } from './base.ts';
import { distributionFields } from './fields.ts';
import { IdentityPanel } from './IdentityPanel.tsx';
import { MeasuresPanel } from './MeasuresPanel.tsx';
import { ContributionsPanel, GradientsPanel } from './OutcomeTables.tsx';
import { Patterns } from './Patterns.tsx';
import { paired, sharesOf } from './shares.ts';
import { distributionWords } from './words.ts';
import type { DistributionAnswers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Entropy, cross-entropy and divergence of two distributions whose bars can be dragged. */
export function DistributionsTab(): JSX.Element {
  const words = useWords(distributionWords);
  const [state, change, reset] = useFields('distributions', distributionFields);
  const { base } = state;
  const [p, q] = useMemo(() => paired(state.p, state.q), [state.p, state.q]);
  const shares = useMemo(() => ({ p: sharesOf(p), q: sharesOf(q) }), [p, q]);
  const asked = useWorker<DistributionAnswers>(newWorker);
  const { answer, failure, again } = useAnswer(asked.measure, { p, q, base: baseOf(base) });
  useOffer({ code: async () => (await import('./code.ts')).codeOf(shares.p, shares.q, baseOf(base)) });
  return (
    <div class="distributions">
      <Patterns />
      <TabHead title={words.title} onReset={reset}>
        {words.lead}
      </TabHead>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      <div class="panels">
        <BarsPanel {...shares} base={base} measures={answer} onChange={change} />
        {answer && (
          <>
            <MeasuresPanel measures={answer} unit={words.unit[base]} />
            <IdentityPanel measures={answer} />
            <ContributionsPanel measures={answer} base={base} />
            <GradientsPanel measures={answer} base={base} />
          </>
        )}
      </div>
    </div>
  );
}
