import './breaking.css';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWords } from '../../words/words.ts';
import { type Asked, ask } from '../../worker/ask.ts';
import { Experiment } from './Experiment.tsx';
import { experimentNames } from './ends.ts';
import { breakingFields } from './fields.ts';
import { breakingWords } from './words.ts';
import type { answers } from './worker.ts';

/** Eight ways in which training goes wrong: predict, run, explain, mend. */
export function BreakingTab(): JSX.Element {
  const words = useWords(breakingWords);
  const [settings, change, reset] = useFields('breaking', breakingFields);
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
        {worker && <Experiment key={settings.experiment} worker={worker} settings={settings} change={change} />}
      </div>
    </>
  );
}
