import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { CurveLabels } from '../../parts/curves/CurveLabels.tsx';
import { type Drawn, labelWidth } from '../../parts/curves/labelPositions.ts';
import { draggable } from '../../parts/drag.ts';
import { OverlaidChart, type Scales } from '../../parts/OverlaidChart.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { tidy } from '../../parts/sliderKeys.ts';
import { useWords } from '../../words/words.ts';
import { reach } from './descent.ts';
import type { Coordinates } from './points.ts';
import { lossWords } from './words.ts';

interface FitPlotProps {
  readonly label: string;
  readonly points: Coordinates;
  /** The lines to draw, from the left end of the plot to its right end. */
  readonly lines: readonly Drawn[];
  readonly onMove: (point: number, x: number, y: number) => void;
}

/** Points that can be dragged, and the lines fitted to them. */
export function FitPlot({ label, points, lines, onMove }: FitPlotProps): JSX.Element {
  const room = labelWidth(lines) + 22;
  const draw = useCallback(
    (): Plot.PlotOptions => ({
      height: 400,
      marginTop: 26,
      marginBottom: 30,
      marginLeft: 30,
      marginRight: room,
      x: { domain: [-reach.x, reach.x] },
      y: { domain: [-reach.y, reach.y] },
      marks: [
        Plot.gridX(),
        Plot.gridY(),
        Plot.axisX({ ticks: 7, tickSize: 0, label: 'x', labelArrow: 'none' }),
        Plot.axisY({ ticks: 7, tickSize: 0, label: 'y', labelArrow: 'none' }),
        Plot.ruleY([0], { strokeOpacity: 0.4 }),
        Plot.ruleX([0], { strokeOpacity: 0.4 }),
        ...lines.map(({ x, y, colour, dash }) =>
          Plot.line(
            x.map((each, at) => [each, y[at]]),
            { stroke: colour, strokeWidth: 2.25, strokeDasharray: dash, clip: true },
          ),
        ),
      ],
    }),
    [lines, room],
  );
  return (
    <OverlaidChart label={label} draw={draw}>
      {(scales) => (
        <>
          <CurveLabels curves={lines} scales={scales} />
          {Array.from({ length: points.length / 2 }, (_, at) => (
            <Point
              key={at}
              at={at}
              x={points[2 * at]}
              y={points[2 * at + 1]}
              scales={scales}
              onMove={(x, y) => onMove(at, x, y)}
            />
          ))}
        </>
      )}
    </OverlaidChart>
  );
}

interface PointProps {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly scales: Scales;
  readonly onMove: (x: number, y: number) => void;
}

/** How far an arrow key moves a point, with the shift key ten times as far. */
const stride = 0.1;

const strides: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-stride, 0],
  ArrowRight: [stride, 0],
  ArrowUp: [0, stride],
  ArrowDown: [0, -stride],
};

/** A point to be dragged. To those who listen it is a slider of its height, that moves across by the left and right keys. */
function Point({ at, x, y, scales, onMove }: PointProps): JSX.Element {
  const words = useWords(lossWords);
  const moveTo = (x: number, y: number): void => onMove(held(x, reach.x), held(y, reach.y));
  const [cx, cy] = [scales.x(x), scales.y(y)];
  return (
    <g
      role="slider"
      tabindex={0}
      aria-label={words.point(at + 1)}
      aria-valuemin={-reach.y}
      aria-valuemax={reach.y}
      aria-valuenow={y}
      aria-valuetext={words.coordinates(shownNumber(x), shownNumber(y))}
      data-point={at}
      onKeyDown={(event) => {
        const by = strides[event.key];
        if (!by) return;
        event.preventDefault();
        const times = event.shiftKey ? 10 : 1;
        moveTo(x + times * by[0], y + times * by[1]);
      }}
    >
      <circle
        class="hold losses-reach"
        cx={cx}
        cy={cy}
        r="14"
        {...draggable((px, py) => moveTo(scales.valueAtX(px), scales.valueAtY(py)))}
      />
      <circle class="losses-point" cx={cx} cy={cy} r="5.5" />
      <circle class="ring" cx={cx} cy={cy} r="10" />
    </g>
  );
}

const held = (value: number, most: number): number => tidy(Number(Math.max(-most, Math.min(most, value)).toFixed(2)));
