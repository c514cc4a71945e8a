import type { JSX, TargetedPointerEvent } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { useWords } from '../../words/words.ts';
import { imageSize, type Point, type Stroke } from './digit.ts';
import { trainingWords } from './words.ts';

interface DigitPadProps {
  readonly strokes: readonly Stroke[];
  readonly onChange: (strokes: readonly Stroke[]) => void;
}

interface Pen {
  readonly at: Point;
  readonly isDown: boolean;
}

const moves: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** An area to draw a digit in: by pointer, or by a pen that the keyboard moves. */
export function DigitPad({ strokes, onChange }: DigitPadProps): JSX.Element {
  const words = useWords(trainingWords);
  const hint = useId();
  const isDrawing = useRef(false);
  const [pen, setPen] = useState<Pen>({ at: [14, 6], isDown: false });
  // What happened since the page was last rendered, too: pointers and keys come more often than that.
  const newest = useRef(strokes);
  newest.current = strokes;
  const newestPen = useRef(pen);
  const movePen = (next: Pen): void => {
    newestPen.current = next;
    setPen(next);
  };
  const change = (next: readonly Stroke[]): void => {
    newest.current = next;
    onChange(next);
  };
  const begin = (point: Point): void => change([...newest.current, [point]]);
  const extend = (point: Point): void => {
    const last = newest.current.at(-1) ?? [];
    change([...newest.current.slice(0, -1), [...last, point]]);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const pen = newestPen.current;
    const move = moves[event.key];
    if (move) {
      const at: Point = [inside(pen.at[0] + move[0]), inside(pen.at[1] + move[1])];
      movePen({ ...pen, at });
      if (pen.isDown) extend(at);
    } else if (event.key === ' ') {
      movePen({ ...pen, isDown: !pen.isDown });
      if (!pen.isDown) begin(pen.at);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      movePen({ ...pen, isDown: false });
      change([]);
    } else return;
    event.preventDefault();
  };

  return (
    <div class="training-pad">
      <svg
        viewBox={`0 0 ${imageSize} ${imageSize}`}
        // In lower case: the names of attributes of SVG are as they are written.
        tabindex={0}
        role="application"
        aria-label={words.padLabel}
        aria-describedby={hint}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          isDrawing.current = true;
          begin(pointOf(event));
        }}
        onPointerMove={(event) => isDrawing.current && extend(pointOf(event))}
        onPointerUp={() => {
          isDrawing.current = false;
        }}
        onPointerCancel={() => {
          isDrawing.current = false;
        }}
        onKeyDown={onKeyDown}
      >
        {strokes.length === 0 && (
          <text x={imageSize / 2} y={imageSize / 2}>
            {words.drawHere}
          </text>
        )}
        {strokes.map((stroke, index) => (
          <polyline key={index} points={[...stroke, ...stroke.slice(-1)].map((point) => point.join()).join(' ')} />
        ))}
        <circle class={pen.isDown ? 'pen down' : 'pen'} cx={pen.at[0]} cy={pen.at[1]} r={1.2} />
      </svg>
      <p id={hint} class="quiet">
        {words.padHint}
      </p>
      <p class="unseen" aria-live="polite">
        {pen.isDown ? words.penDown : words.penUp}, {words.penAt(pen.at[0], pen.at[1])}
      </p>
    </div>
  );
}

const inside = (coordinate: number): number => Math.min(Math.max(coordinate, 1), imageSize - 1);

function pointOf({ currentTarget, clientX, clientY }: TargetedPointerEvent<SVGSVGElement>): Point {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  const coordinate = (offset: number, size: number): number => Number(((offset / size) * imageSize).toFixed(2));
  return [coordinate(clientX - left, width), coordinate(clientY - top, height)];
}
