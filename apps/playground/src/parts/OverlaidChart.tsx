import './overlaid.css';
import type * as Plot from '@observablehq/plot';
import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { Chart } from './Chart.tsx';

/** Where things are in a drawn chart, in pixels, and what is where. */
export interface Scales {
  readonly width: number;
  readonly height: number;
  /** The inside of the axes. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Of a number, or of the name of a band. */
  readonly x: (value: number | string) => number;
  readonly y: (value: number) => number;
  /** How wide one category of the x-axis is, where it has bands; 0 where it has none. */
  readonly band: number;
  readonly valueAtX: (position: number) => number;
  readonly valueAtY: (position: number) => number;
}

interface OverlaidChartProps {
  readonly label: string;
  readonly draw: (width: number) => Plot.PlotOptions;
  /** What lies over the chart, in SVG. It stays while the chart below is drawn anew, and so does the focus in it. */
  readonly children: (scales: Scales) => ComponentChildren;
}

/** A chart with something laid over it that can be taken hold of. */
export function OverlaidChart({ label, draw, children }: OverlaidChartProps): JSX.Element {
  const [scales, setScales] = useState<Scales | undefined>();
  const onDrawn = useCallback((drawing: Drawing) => setScales(scalesIn(drawing)), []);
  return (
    <div class="overlaid">
      <Chart label={label} draw={draw} onDrawn={onDrawn} />
      {scales && (
        <svg class="overlay" width={scales.width} height={scales.height} role="presentation">
          {children(scales)}
        </svg>
      )}
    </div>
  );
}

type Drawing = (SVGSVGElement | HTMLElement) & Plot.Plot;

function scalesIn(drawing: Drawing): Scales | undefined {
  const [x, y] = [drawing.scale('x'), drawing.scale('y')];
  if (!x?.range || !y?.range) return undefined;
  const [across, up] = [[...x.range].map(Number), [...y.range].map(Number)];
  return {
    width: Number(drawing.getAttribute('width')),
    height: Number(drawing.getAttribute('height')),
    left: Math.min(...across),
    right: Math.max(...across),
    top: Math.min(...up),
    bottom: Math.max(...up),
    x: (value) => Number(x.apply(value)),
    y: (value) => Number(y.apply(value)),
    band: x.bandwidth ?? 0,
    valueAtX: (position) => Number(x.invert?.(position)),
    valueAtY: (position) => Number(y.invert?.(position)),
  };
}
