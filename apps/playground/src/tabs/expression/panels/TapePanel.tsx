import type { ExpressionStudy } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { Panel } from '../../../parts/Panel.tsx';
import { useWords } from '../../../words/words.ts';
import type { Drawing } from '../compute/drawing.ts';
import { positionAt, positionsOf, writePosition } from '../position.ts';
import { words } from '../words.ts';
import { StepTold } from './StepTold.tsx';
import { TapePicture } from './TapePicture.tsx';
import { Walk } from './Walk.tsx';

interface TapePanelProps {
  readonly study: ExpressionStudy;
  readonly drawing: Drawing;
  readonly at: string;
  readonly onWalk: (at: string) => void;
}

/** The tape as a picture, what drives the walk along it, and the step where it stands. */
export function TapePanel({ study, drawing, at, onWalk }: TapePanelProps): JSX.Element {
  const said = useWords(words);
  const positions = positionsOf(study.tape);
  const position = positionAt(positions, at);
  const go = (index: number): void =>
    onWalk(writePosition(positions[Math.min(Math.max(index, 0), positions.length - 1)]));
  const goToStep = (step: number): void => {
    const there = positions.find((one) => one.step === step && one.direction === position.direction);
    const other = there ?? positions.find((one) => one.step === step);
    if (other) go(other.index);
  };
  return (
    <Panel isWide title={said.tape}>
      <Walk position={position} count={positions.length} step={study.tape.steps[position.step]} onGo={go} />
      <div class={`expression-tape ${drawing.direction}`}>
        <div>
          <TapePicture drawing={drawing} position={position} onChoose={goToStep} />
          <p class="quiet">{said.click}</p>
        </div>
        <StepTold study={study} position={position} />
      </div>
    </Panel>
  );
}
