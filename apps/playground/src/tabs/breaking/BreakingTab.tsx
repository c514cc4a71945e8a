import './breaking.css';
import type { JSX } from 'preact';
import { useFields } from '../../address/useFields.ts';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { codeOf } from './code.ts';
import { Experiment } from './Experiment.tsx';
import { experimentNames } from './ends.ts';
import { breakingFields } from './fields.ts';
import { breakingWords } from './words.ts';
import type { answers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Eight ways in which training goes wrong: predict, run, explain, mend. */
export function BreakingTab(): JSX.Element {
  const words = useWords(breakingWords);
  const [settings, change, reset] = useFields('breaking', breakingFields);
  const worker = useWorker<typeof answers>(newWorker);
  useOffer({ code: () => codeOf[settings.experiment](settings, false) });

  return (
    <>
      <TabHead title={words.title} onReset={reset}>
        {words.intro}
      </TabHead>
      <div class="breaking">
        <ol class="breaking-experiments" aria-label={words.experiments}>
          {experimentNames.map((name, index) => (
            <li key={name}>
              <button
                type="button"
                aria-current={name === settings.experiment ? 'true' : undefined}
                onClick={() => change({ experiment: name })}
              >
                <span class="breaking-count" aria-hidden="true">
                  {index + 1}
                </span>
                {words.stories[name].title}
              </button>
            </li>
          ))}
        </ol>
        <Experiment key={settings.experiment} worker={worker} settings={settings} change={change} />
      </div>
    </>
  );
}
