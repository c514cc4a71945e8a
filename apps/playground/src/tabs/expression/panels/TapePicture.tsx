import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Scrolling } from '../../../parts/Scrolling.tsx';
import { useWords } from '../../../words/words.ts';
import type { Drawing, DrawnBox, DrawnLine } from '../compute/drawing.ts';
import { hasCotangent, hasPassed, hasValue, type Position } from '../position.ts';
import { words } from '../words.ts';

interface TapePictureProps {
  readonly drawing: Drawing;
  readonly position: Position;
  readonly onChoose: (step: number) => void;
}

/** The picture of the tape as far as the walk has come: values where they are computed, gradients where they have arrived. */
export function TapePicture({ drawing, position, onChoose }: TapePictureProps): JSX.Element {
  const said = useWords(words);
  const { width, height, boxes, lines } = drawing;
  const frame = useRef<HTMLDivElement>(null);
  const here = boxes.find(({ step }) => step === position.step);
  // A picture that is higher than its frame goes along with the walk; the page stays where it is.
  useLayoutEffect(() => {
    const scrolled = frame.current?.querySelector('.expression-picture');
    if (here && scrolled) bringIntoView(scrolled, here);
  }, [here]);
  return (
    <div ref={frame}>
      <Scrolling label={said.picture} class="expression-picture">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {lines.map((line) => (
            <Line
              key={`${line.to} ${line.input}`}
              line={line}
              position={position}
              isAcross={drawing.direction === 'right'}
            />
          ))}
          {boxes.map((box) => (
            <Box key={box.step} box={box} position={position} onChoose={onChoose} />
          ))}
        </svg>
      </Scrolling>
    </div>
  );
}

interface LineProps {
  readonly line: DrawnLine;
  readonly position: Position;
  readonly isAcross: boolean;
}

function Line({ line, position, isAcross }: LineProps): JSX.Element {
  const isThere = hasValue(position, line.to);
  const isBack = line.passed !== null && hasPassed(position, line.to);
  const isNow = position.step === line.to;
  const now = isNow ? 'now' : '';
  return (
    <g>
      <path class={`there ${isThere ? 'done' : ''} ${position.direction === 'forward' ? now : ''}`} d={line.there} />
      {isThere && <path class="there-head" d={line.thereHead} />}
      {isBack && <path class={`back ${now}`} d={line.back} />}
      {isBack && <path class="back-head" d={line.backHead} />}
      <text class="label value" x={line.label.x} y={line.label.y + 11}>
        {line.input}
      </text>
      {isBack && (
        <text class="label gradient" x={line.label.x} y={line.label.y + 26}>
          {isAcross ? '←' : '↑'} {line.passed}
        </text>
      )}
    </g>
  );
}

interface BoxProps {
  readonly box: DrawnBox;
  readonly position: Position;
  readonly onChoose: (step: number) => void;
}

function Box({ box, position, onChoose }: BoxProps): JSX.Element {
  const { step, x, y, width, height, lines, isLeaf } = box;
  const isHere = position.step === step;
  const isSeen = { value: hasValue(position, step), cotangent: hasCotangent(position, step) };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons and the slider above do the same by keyboard
    <g class={`box ${isHere ? position.direction : ''}`} data-step={step} onClick={() => onChoose(step)}>
      <rect x={x} y={y} width={width} height={height} rx={isLeaf ? 14 : 4} />
      {lines.map(({ kind, text }, index) => {
        const isHidden = (kind === 'value' && !isSeen.value) || (kind === 'cotangent' && !isSeen.cotangent);
        if (isHidden) return null;
        return (
          <text key={index} class={kind === 'cotangent' ? 'gradient' : kind} x={x + 10} y={y + 22 + 17 * index}>
            {text}
          </text>
        );
      })}
    </g>
  );
}

function bringIntoView(frame: Element, { x, y, width, height }: DrawnBox): void {
  if (y < frame.scrollTop || y + height > frame.scrollTop + frame.clientHeight) {
    frame.scrollTop = y + height / 2 - frame.clientHeight / 2;
  }
  if (x < frame.scrollLeft || x + width > frame.scrollLeft + frame.clientWidth) {
    frame.scrollLeft = x + width / 2 - frame.clientWidth / 2;
  }
}
