import './margins.css';
import type { JSX } from 'preact';
import { useFields } from '../../address/useFields.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Shown } from '../../parts/Shown.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { Curves } from './Curves.tsx';
import { marginFields, reach } from './fields.ts';
import { LossKnobs } from './LossKnobs.tsx';
import { LossTable } from './LossTable.tsx';
import { lossNames, strokes } from './names.ts';
import { Pull } from './Pull.tsx';
import { marginWords } from './words.ts';
import type { MarginAnswers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Losses of classification side by side, over the margin of the right class. */
export function MarginsTab(): JSX.Element {
  const words = useWords(marginWords);
  const [{ shown, margin, ...settings }, change, reset] = useFields('margins', marginFields);
  const asked = useWorker<MarginAnswers>(newWorker);
  const { answer: curves, failure, again } = useAnswer(asked.curves, settings);
  const { answer: here } = useAnswer(asked.atMargin, { margin, ...settings });
  useOffer({ code: async () => (await import('./code.ts')).codeOf(shown, margin, settings) });
  return (
    <>
      <TabHead title={words.title} onReset={reset}>
        {words.intro}
      </TabHead>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      <Panel title={words.picture} isWide isTitleHeard>
        <div class="margins-top">
          <NumberField
            label={words.margin}
            value={margin}
            from={-reach}
            to={reach}
            step={0.05}
            onChange={(margin) => change({ margin })}
          />
          {here && <Pull here={here} margin={margin} />}
        </div>
        <Shown
          label={words.shown}
          names={lossNames}
          nameOf={(name) => words.names[name]}
          strokes={strokes}
          shown={shown}
          onChange={(shown) => change({ shown })}
        />
        <Curves curves={curves} here={here} shown={shown} margin={margin} onMove={(margin) => change({ margin })} />
        {here && shown.length > 0 && <LossTable here={here} shown={shown} margin={margin} settings={settings} />}
        <LossKnobs shown={shown} settings={settings} onChange={change} />
      </Panel>
    </>
  );
}
