import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface ChartProps {
  /** What the chart shows, in a sentence, for those who listen to it. */
  readonly label: string;
  /** What to draw, for a width in pixels. Give a new function when the data changes, and only then. */
  readonly draw: (width: number) => Plot.PlotOptions;
  /** Called with each new drawing: to find positions in it by its scales. */
  readonly onDrawn?: (drawing: (SVGSVGElement | HTMLElement) & Plot.Plot) => void;
}

/** A chart by Observable Plot, as wide as there is room. */
export function Chart({ label, draw, onDrawn }: ChartProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(Math.round(contentRect.width)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!frame.current || width === 0) return;
    const drawing = Plot.plot({ width, ...draw(width) });
    // Plot names its groups, which have no role that a name could belong to.
    for (const part of drawing.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', label);
    frame.current.replaceChildren(drawing);
    onDrawn?.(drawing);
  }, [width, draw, label, onDrawn]);
  return <div class="chart" ref={frame} />;
}
