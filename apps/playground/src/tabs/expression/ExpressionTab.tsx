import './expression.css';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useWords } from '../../words/words.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import type { Look } from './compute/look.ts';
import { fields } from './fields.ts';
import { AskPanel } from './panels/AskPanel.tsx';
import { CheckPanel } from './panels/CheckPanel.tsx';
import { GradientPanel } from './panels/GradientPanel.tsx';
import { TapePanel } from './panels/TapePanel.tsx';
import { useDirection } from './useDirection.ts';
import { words } from './words.ts';
import type { ExpressionAnswers } from './worker.ts';

type Tape = Extract<Look, { kind: 'tape' }>;

/** An expression of the reader's own, on a tape that is walked forward and back. */
export function ExpressionTab(): JSX.Element {
  const said = useWords(words);
  const [values, change, reset] = useFields('expression', fields);
  const asked = useWorker<ExpressionAnswers>(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  const { expression, values: typed } = values;
  const direction = useDirection();
  const { answer: examples = [] } = useAnswer(asked.examples, 'all');
  const { answer, failure } = useAnswer(asked.look, { expression, values: typed, direction });
  // While something is typed that cannot be read yet, the tape before it stays.
  const last = useRef<Tape | undefined>(undefined);
  if (answer?.kind === 'tape') last.current = answer;
  const shown = last.current;
  return (
    <>
      <TabHead title={said.title} onReset={reset}>
        {said.about}
      </TabHead>
      <div class="panels expression-panels">
        <Panel isWide title={said.ask}>
          <AskPanel values={values} look={answer} examples={examples} study={shown?.study} onChange={change} />
          {failure && (
            <Notice kind="error">
              <p lang="en">{failure.message}</p>
            </Notice>
          )}
          {answer?.kind === 'tape' &&
            answer.study.warnings.map((warning) => (
              <Notice key={warning} kind="warning">
                <p lang="en">{warning}</p>
              </Notice>
            ))}
          {answer?.kind === 'complaint' && shown && (
            <p class="quiet expression-former">
              {said.former} <code>{shown.study.text}</code>
            </p>
          )}
        </Panel>
        {shown ? (
          <>
            <TapePanel study={shown.study} drawing={shown.drawing} at={values.at} onWalk={(at) => change({ at })} />
            <GradientPanel study={shown.study} />
            <CheckPanel study={shown.study} />
          </>
        ) : (
          answer === undefined && <p class="quiet">{said.late}</p>
        )}
      </div>
    </>
  );
}
