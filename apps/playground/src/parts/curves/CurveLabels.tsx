import type { JSX } from 'preact';
import type { Scales } from '../OverlaidChart.tsx';
import { type Drawn, labelPositions } from './labelPositions.ts';

interface CurveLabelsProps {
  readonly curves: readonly Drawn[];
  readonly scales: Scales;
}

/** The name of each curve at its end. For the eye: those who listen hear the label of the chart. */
export function CurveLabels({ curves, scales }: CurveLabelsProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of an SVG takes no focus
    <g aria-hidden="true">
      {labelPositions(curves, scales).map(({ curve, x, y, anchor, from }) => (
        <g key={curve.key}>
          {anchor === 'start' && (
            <path
              d={`M${from[0] + 1},${from[1]}L${x - 3},${y}`}
              fill="none"
              stroke={curve.colour}
              stroke-opacity="0.6"
            />
          )}
          <text class="curves-label" x={x} y={y} dy="0.35em" text-anchor={anchor} fill={curve.colour}>
            {curve.label}
          </text>
        </g>
      ))}
    </g>
  );
}
