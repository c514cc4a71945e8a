import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Scrolling } from '../../../parts/Scrolling.tsx';
import { useWords } from '../../../words/words.ts';
import type { ChainName } from '../chainNames.ts';
import type { Machine } from '../compute/machine.ts';
import { rowOf, signOf } from '../formulas.ts';
import { Told } from '../panels/Told.tsx';
import type { Position } from '../position.ts';
import { words } from '../words.ts';
import { arrangeSteps, type Placed } from './layout.ts';
import { StepBox } from './StepBox.tsx';
import { shownEdge, shownSteps } from './shown.ts';

interface ChainGraphProps {
  readonly machine: Machine;
  readonly position: Position;
  readonly row: number;
  readonly onChoose: (name: ChainName) => void;
}

/** The chain as a graph: values run forward along one lane, gradients back along the other; below it what its step does. */
export function ChainGraph({ machine, position, row, onChoose }: ChainGraphProps): JSX.Element {
  const said = useWords(words);
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(Math.floor(contentRect.width)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  const { chain } = machine;
  const structure = JSON.stringify(chain.map(({ name, inputs, value }) => [name, inputs, value[0].length]));
  const placed = useMemo(() => {
    const boxes = chain.map(({ name, inputs, value }) => ({
      name,
      inputs,
      cells: value[0].length,
      hasTarget: name === 'pick',
    }));
    return arrangeSteps(boxes, width);
  }, [structure, width]);
  const names = chain.map(({ name }) => name);
  const steps = shownSteps(machine, position, row);
  return (
    <div ref={frame} class="steps-frame">
      {width > 0 && (
        <Scrolling label={said.graph}>
          <div
            class={placed.isAcross ? 'steps-graph across' : 'steps-graph down'}
            style={{ width: `${placed.width}px`, height: `${placed.height}px` }}
          >
            <svg width={placed.width} height={placed.height} aria-hidden="true">
              <Arrowheads />
              {placed.edges.map(({ from, to, path }) => {
                const { forward, backward } = shownEdge(names, position, to);
                return (
                  <g key={`${from} ${to}`}>
                    <path
                      class={`steps-edge value ${forward.replace(' ', '-')}`}
                      d={path}
                      marker-end={forward === 'not yet' ? undefined : 'url(#steps-on)'}
                    />
                    {backward !== 'not yet' && (
                      <path class={`steps-edge gradient ${backward}`} d={path} marker-start="url(#steps-back)" />
                    )}
                  </g>
                );
              })}
            </svg>
            {placed.boxes.map((box, index) => (
              <StepBox
                key={box.name}
                box={box}
                shown={steps[index]}
                direction={position.direction}
                sign={signOf(machine, box.name)}
                target={box.hasTarget ? rowOf(machine.target, row) : undefined}
                isFollowed={!placed.isAcross}
                onChoose={() => onChoose(box.name)}
              />
            ))}
          </div>
        </Scrolling>
      )}
      <Told
        machine={machine}
        position={position}
        row={row}
        at={placed.isAcross ? middleOf(placed, position.name) + Math.max(0, (width - placed.width) / 2) : undefined}
      />
    </div>
  );
}

/** Where the middle of a box is, from the left of the graph. */
function middleOf({ boxes }: Placed, name: ChainName): number {
  const box = boxes.find((box) => box.name === name);
  return box ? box.left + box.width / 2 : 0;
}

function Arrowheads(): JSX.Element {
  const shape = {
    viewBox: '0 0 8 8',
    refX: 7,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    markerUnits: 'userSpaceOnUse',
  };
  return (
    <defs>
      <marker id="steps-on" {...shape} orient="auto">
        <path d="M0,0 L8,4 L0,8 z" />
      </marker>
      <marker id="steps-back" {...shape} orient="auto-start-reverse">
        <path d="M0,0 L8,4 L0,8 z" />
      </marker>
    </defs>
  );
}
