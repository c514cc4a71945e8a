import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useKept } from '../../parts/useKept.ts';
import { useWords } from '../../words/words.ts';
import type { Asked } from '../../worker/connect.ts';
import { type Answered, useAnswer } from '../../worker/useAnswer.ts';
import { Controls } from './Controls.tsx';
import { codeOf } from './code.ts';
import type { Settings } from './fields.ts';
import { Outcome } from './Outcome.tsx';
import { Prediction } from './Prediction.tsx';
import type { Result } from './result.ts';
import { breakingWords } from './words.ts';
import type { answers, Question } from './worker.ts';

interface ExperimentProps {
  readonly worker: Asked<typeof answers>;
  readonly settings: Settings;
  readonly change: (some: Partial<Settings>) => void;
}

/** One experiment: its setting, the prediction, what happened and why, and the way out. */
export function Experiment({ worker, settings, change }: ExperimentProps): JSX.Element {
  const words = useWords(breakingWords);
  const name = settings.experiment;
  const story = words.stories[name];
  const ends: Readonly<Record<string, string>> = story.ends;
  // No part of the address: whoever opens a link is to predict too.
  const [predicted, setPredicted] = useKept<string | undefined>(`breaking-predicted-${name}`, undefined);
  const [isRun, setRun] = useKept(`breaking-run-${name}`, false);
  const [isMended, setMended] = useKept(`breaking-fixed-${name}`, false);
  const broken = useRun(worker, isRun ? { name, settings, isMended: false } : undefined);
  const mended = useRun(worker, isMended ? { name, settings, isMended: true } : undefined);
  const again = (): void => {
    setRun(false);
    setMended(false);
    setPredicted(undefined);
  };

  return (
    <div class="breaking-experiment">
      <Panel title={story.title}>
        <p>{story.setting}</p>
        <Controls settings={settings} change={change} />
        <h3>{words.code}</h3>
        <Code text={codeOf[name](settings, false)} />
        <Prediction
          question={story.question}
          ends={ends}
          predicted={predicted}
          isRun={isRun}
          onPredict={setPredicted}
          onRun={() => setRun(true)}
        />
      </Panel>
      <div class="breaking-result" aria-live="polite">
        {!isRun && <p class="breaking-empty">{words.empty}</p>}
        {isRun && (
          <Panel title={words.result}>
            {broken.failure && <FailureNotice failure={broken.failure} onAgain={broken.again} />}
            {broken.answer ? (
              <Outcome experiment={name} result={broken.answer} name="broken">
                <Verdict end={broken.answer.end} ends={ends} predicted={predicted} onAgain={again} />
              </Outcome>
            ) : (
              !broken.failure && <p class="quiet">{words.waiting}</p>
            )}
            <h3>{words.why}</h3>
            <p>{story.why}</p>
            <h3>{words.wayOut}</h3>
            <p>{story.mend}</p>
            {!isMended && (
              <button type="button" class="primary" onClick={() => setMended(true)}>
                {words.mend}
              </button>
            )}
          </Panel>
        )}
      </div>
      <div class="breaking-mended" aria-live="polite">
        {isRun && isMended && (
          <Panel title={words.mended}>
            <Code text={codeOf[name](settings, true)} />
            {mended.failure && <FailureNotice failure={mended.failure} onAgain={mended.again} />}
            {mended.answer && (
              <Outcome experiment={name} result={mended.answer} name="mended">
                <p class="breaking-end" data-end={mended.answer.end}>
                  <span class="quiet">{words.ended}:</span> <strong>{ends[mended.answer.end]}</strong>
                </p>
              </Outcome>
            )}
          </Panel>
        )}
      </div>
    </div>
  );
}

interface VerdictProps {
  readonly end: string;
  readonly ends: Readonly<Record<string, string>>;
  readonly predicted: string | undefined;
  readonly onAgain: () => void;
}

function Verdict({ end, ends, predicted, onAgain }: VerdictProps): JSX.Element {
  const words = useWords(breakingWords);
  return (
    <div class="breaking-verdict">
      <p class="breaking-end" data-end={end}>
        <span class="quiet">{words.ended}:</span> <strong>{ends[end]}</strong>
        {predicted !== undefined && (
          <span class={predicted === end ? 'breaking-hit' : 'quiet'}>
            {predicted === end ? `✓ ${words.guessed}` : words.missed(ends[predicted])}
          </span>
        )}
      </p>
      <button type="button" onClick={onAgain}>
        {words.again}
      </button>
    </div>
  );
}

function Code({ text }: { readonly text: string }): JSX.Element {
  return (
    <pre class="breaking-code" lang="en">
      <code>
        {text.split('\n').map((line, index) => (
          <span key={index}>{`${line}\n`}</span>
        ))}
      </code>
    </pre>
  );
}

/** The result of a question; nothing is asked before the reader wants to know. */
function useRun(worker: Asked<typeof answers>, question: Question | undefined): Answered<Result | undefined> {
  const call = useCallback(
    (asked: Question | undefined): Promise<Result | undefined> =>
      asked ? worker.run(asked) : Promise.resolve(undefined),
    [worker],
  );
  return useAnswer(call, question);
}
