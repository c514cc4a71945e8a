import type { JSX } from 'preact';
import { Choice } from '../../parts/Choice.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useWords } from '../../words/words.ts';
import type { Machine } from './compute/machine.ts';
import type { StepsValues } from './fields.ts';
import { ChainGraph } from './graph/ChainGraph.tsx';
import { Transport } from './graph/Transport.tsx';
import { useArrowKeys } from './graph/useArrowKeys.ts';
import { usePlaying } from './graph/usePlaying.ts';
import { type Position, positionsOf, writePosition } from './position.ts';
import { stepWords } from './stepWords.ts';
import { words } from './words.ts';

interface MachinePanelProps {
  readonly machine: Machine;
  readonly position: Position;
  readonly row: number;
  readonly values: StepsValues;
  readonly onChange: (some: Partial<StepsValues>) => void;
}

/** The chain with what drives the walk along it. */
export function MachinePanel({ machine, position, row, values, onChange }: MachinePanelProps): JSX.Element {
  const said = useWords(words);
  const told = useWords(stepWords);
  const positions = positionsOf(machine.chain.map(({ name }) => name));
  const go = (index: number): void => onChange({ at: writePosition(positions, positions[index]) });
  const [isPlaying, play] = usePlaying(position.index, positions.length, Number(values.speed), go);
  const goByHand = (index: number): void => {
    play(false);
    go(index);
  };
  useArrowKeys(position.index, positions.length, goByHand);
  const rows = machine.question.logits.map((_, index) => String(index));
  return (
    <Panel isWide isTitleHeard title={said.chain}>
      <div class="steps-machine">
        <div class="steps-drive">
          <Transport
            position={position}
            count={positions.length}
            isPlaying={isPlaying}
            speed={values.speed}
            onGo={goByHand}
            onPlay={play}
            onSpeed={(speed) => onChange({ speed })}
          />
          {rows.length > 1 && (
            <Choice
              label={said.shownRow}
              isInline
              options={rows}
              value={String(row)}
              onChange={(chosen) => onChange({ row: Number(chosen) })}
            />
          )}
        </div>
        {machine.broken && (
          <Notice kind="warning">
            <p>{machine.broken === 'mean' ? said.weightless : said.broken(told[machine.broken].name)}</p>
          </Notice>
        )}
        <ChainGraph
          machine={machine}
          position={position}
          row={row}
          onChoose={(name) =>
            goByHand(positions.findIndex((one) => one.name === name && one.direction === position.direction))
          }
        />
        <p class="quiet steps-keys">{said.keys}</p>
      </div>
    </Panel>
  );
}
