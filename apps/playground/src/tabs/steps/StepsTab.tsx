import './graph/graph.css';
import './inputs/inputs.css';
import './panels/panels.css';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
import { useWords } from '../../words/words.ts';
import { ask, useAnswer } from '../../worker/ask.ts';
import { fields, questionOf } from './fields.ts';
import { Grid } from './inputs/Grid.tsx';
import { Options } from './inputs/Options.tsx';
import { MachinePanel } from './MachinePanel.tsx';
import { FusedPanel } from './panels/FusedPanel.tsx';
import { HessianPanel } from './panels/HessianPanel.tsx';
import { InvariantsPanel } from './panels/InvariantsPanel.tsx';
import { StepPanel } from './panels/StepPanel.tsx';
import { StepTable } from './panels/StepTable.tsx';
import { positionAt, positionsOf } from './position.ts';
import { words } from './words.ts';
import type { StepsAnswers } from './worker.ts';

/** Softmax cross-entropy taken apart, walked forwards and backwards. */
export function StepsTab(): JSX.Element {
  const said = useWords(words);
  const [values, change, reset] = useFields('steps', fields);
  const worker = useMemo(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), []);
  useEffect(() => () => worker.terminate(), [worker]);
  const asked = useMemo(() => ask<StepsAnswers>(worker), [worker]);
  const { answer, failure } = useAnswer(asked.machine, questionOf(values));
  const positions = positionsOf(answer?.chain.map(({ name }) => name) ?? ['logits']);
  const position = positionAt(positions, values.at);
  const row = Math.min(values.row, (answer?.question.logits.length ?? 1) - 1);
  return (
    <>
      <TabHead title={said.title} onReset={reset}>
        {said.about}
      </TabHead>
      <div class={values.logits[0].length > 3 ? 'panels steps-panels long' : 'panels steps-panels'}>
        <Panel isWide title={said.inputs}>
          <div class="steps-question">
            <Grid values={values} onChange={change} />
            <Options values={values} onChange={change} />
          </div>
          {failure && (
            <Notice kind="error">
              <p>{failure.message}</p>
            </Notice>
          )}
          {answer?.warnings.map((warning) => (
            <Notice key={warning} kind="warning">
              <p lang="en">{warning}</p>
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
