import './curves.css';
import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { axes } from '../axes.ts';
import { draggable } from '../drag.ts';
import { OverlaidChart, type Scales } from '../OverlaidChart.tsx';
import { movedByKey } from '../sliderKeys.ts';
import { CurveLabels } from './CurveLabels.tsx';
import { type Drawn, labelWidth } from './labelPositions.ts';

/** The position on the x-axis that is read, to be dragged. */
export interface Cursor {
  readonly label: string;
  readonly at: number;
  readonly step: number;
  readonly onMove: (at: number) => void;
  /** How high each curve is there, by its key. */
  readonly heights: Readonly<Record<string, number | undefined>>;
}

interface CurveChartProps {
  /** What the chart shows, in words. */
  readonly label: string;
  readonly curves: readonly Drawn[];
  readonly xAxis: string;
  readonly xDomain: readonly [from: number, to: number];
  readonly yDomain: readonly [from: number, to: number];
  /** How the x-axis is divided. Default: evenly. */
  readonly xTicks?: { readonly type: 'sqrt'; readonly ticks: readonly number[] };
  readonly cursor: Cursor;
}

/** Curves over one axis, each with its name at its end, and a cursor to read them at. */
export function CurveChart({ label, curves, xAxis, xDomain, yDomain, xTicks, cursor }: CurveChartProps): JSX.Element {
  const [xFrom, xTo] = xDomain;
  const [yFrom, yTo] = yDomain;
  const draw = useCallback(
    (): Plot.PlotOptions => ({
      height: 290,
      marginTop: 26,
      marginBottom: 46,
      marginLeft: 36,
      marginRight: labelWidth(curves) + 20,
      x: { domain: [xFrom, xTo], type: xTicks?.type ?? 'linear' },
      y: { domain: [yFrom, yTo] },
      marks: [
        Plot.gridX(xTicks ? [...xTicks.ticks] : undefined),
        ...axes({ label: xAxis, ticks: xTicks?.ticks ?? 7 }, { label: null, ticks: 5 }),
        ...(yFrom <= 0 ? [Plot.ruleY([0], { strokeOpacity: 0.5 })] : []),
        ...(xFrom < 0 ? [Plot.ruleX([0], { strokeOpacity: 0.3 })] : []),
        ...curves.map(({ x, y, colour, dash }) =>
          Plot.line(
            x.map((each, at) => [each, y[at]]),
            { stroke: colour, strokeWidth: 2.25, strokeDasharray: dash, strokeLinecap: 'butt', clip: true },
          ),
        ),
      ],
    }),
    [curves, xAxis, xFrom, xTo, yFrom, yTo, xTicks],
  );
  return (
    <OverlaidChart label={label} draw={draw}>
      {(scales) => (
        <>
          <CurveLabels curves={curves} scales={scales} />
          <Dots curves={curves} scales={scales} />
          <CursorLine cursor={cursor} curves={curves} scales={scales} domain={xDomain} />
        </>
      )}
    </OverlaidChart>
  );
}

/** Where curves that jump are between the two ends. */
function Dots({ curves, scales }: { readonly curves: readonly Drawn[]; readonly scales: Scales }): JSX.Element {
  return (
    <>
      {curves.map(
        ({ key, dot, colour }) =>
          dot && <circle key={key} cx={scales.x(dot[0])} cy={scales.y(dot[1])} r="3.5" fill={colour} />,
      )}
    </>
  );
}

interface CursorLineProps {
  readonly cursor: Cursor;
  readonly curves: readonly Drawn[];
  readonly scales: Scales;
  readonly domain: readonly [from: number, to: number];
}

function CursorLine({ cursor, curves, scales, domain: [from, to] }: CursorLineProps): JSX.Element {
  const { at, step, label, onMove, heights } = cursor;
  const { left, right, top, bottom } = scales;
  const x = scales.x(at);
  const moveTo = (position: number): void => {
    const value = scales.valueAtX(Math.max(left, Math.min(right, position)));
    onMove(Number((Math.round(value / step) * step).toFixed(6)));
  };
  return (
    <g
      role="slider"
      tabindex={0}
      aria-label={label}
      aria-valuemin={from}
      aria-valuemax={to}
      aria-valuenow={at}
      onKeyDown={(event) => {
        const moved = movedByKey(event.key, at, { from, to, step });
        if (moved === undefined) return;
        event.preventDefault();
        onMove(moved);
      }}
    >
      <rect
        class="hold curves-field"
        x={left}
        y={top}
        width={right - left}
        height={bottom - top + 22}
        {...draggable((position) => moveTo(position))}
      />
      <line class="curves-cursor" x1={x} x2={x} y1={top} y2={bottom} />
      {curves.map(({ key, colour }) => {
        const height = heights[key];
        if (height === undefined || !(scales.y(height) >= top - 1 && scales.y(height) <= bottom + 1)) return null;
        return <circle key={key} class="curves-mark" cx={x} cy={scales.y(height)} r="4.5" fill={colour} />;
      })}
      <circle class="curves-handle" cx={x} cy={bottom} r="8" />
      <circle class="ring" cx={x} cy={bottom} r="12" />
    </g>
  );
}
