import './graph/graph.css';
import './inputs/inputs.css';
import './panels/panels.css';
import './panels/told.css';
import type { JSX } from 'preact';
import { useFields } from '../../address/useFields.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { LibrarySays } from '../../parts/LibrarySays.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Settings } from '../../parts/Settings.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWorker } from '../../parts/useWorker.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { fields, questionOf } from './fields.ts';
import { Grid } from './inputs/Grid.tsx';
import { Loss } from './inputs/Loss.tsx';
import { Options } from './inputs/Options.tsx';
import { Weights } from './inputs/Weights.tsx';
import { MachinePanel } from './MachinePanel.tsx';
import { FusedPanel } from './panels/FusedPanel.tsx';
import { HessianPanel } from './panels/HessianPanel.tsx';
import { InvariantsPanel } from './panels/InvariantsPanel.tsx';
import { StepPanel } from './panels/StepPanel.tsx';
import { StepTable } from './panels/StepTable.tsx';
import { positionAt, positionsOf } from './position.ts';
import { words } from './words.ts';
import type { StepsAnswers } from './worker.ts';

const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

/** Softmax cross-entropy taken apart, walked forwards and backwards. */
export function StepsTab(): JSX.Element {
  const said = useWords(words);
  const [values, change, reset] = useFields('steps', fields);
  const asked = useWorker<StepsAnswers>(newWorker);
  const question = questionOf(values);
  const { answer, failure, again } = useAnswer(asked.machine, question);
  useOffer({ code: async () => (await import('./code.ts')).codeOf(question) });
  const positions = positionsOf(answer?.chain.map(({ name }) => name) ?? ['logits']);
  const position = positionAt(positions, values.at);
  const row = Math.min(values.row, (answer?.question.logits.length ?? 1) - 1);
  return (
    <>
      <TabHead title={said.title} onReset={reset}>
        {said.about}
      </TabHead>
      <div class={values.logits[0].length > 3 ? 'panels steps-panels long' : 'panels steps-panels'}>
        <Panel isWide isTitleHeard title={said.inputs}>
          <div class="steps-question">
            <Grid values={values} onChange={change} machine={answer} />
            <div>
              <Loss machine={answer} row={row} />
              <Settings>
                <Options values={values} onChange={change} />
                <Weights values={values} onChange={change} />
              </Settings>
            </div>
          </div>
          {failure && <FailureNotice failure={failure} onAgain={again} />}
          {answer?.warnings.map(({ code, text }) => (
            <Notice key={code} kind="warning">
              <LibrarySays code={code} text={text} />
            </Notice>
          ))}
        </Panel>
        {answer && (
          <>
            <MachinePanel machine={answer} position={position} row={row} values={values} onChange={change} />
            <StepPanel machine={answer} position={position} row={row} />
            <FusedPanel machine={answer} row={row} />
            <InvariantsPanel
              machine={answer}
              row={row}
              constant={values.constant}
              onConstant={(constant) => change({ constant })}
            />
            <HessianPanel machine={answer} row={row} />
            <StepTable machine={answer} row={row} />
          </>
        )}
      </div>
    </>
  );
}
