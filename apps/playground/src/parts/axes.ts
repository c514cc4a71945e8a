import * as Plot from '@observablehq/plot';

interface Axis {
  readonly label: string | null;
  /** How many numbers stand beside it, or which. */
  readonly ticks: number | readonly number[];
  readonly tickFormat?: (tick: number) => string;
}

/** The axes of a chart, and the lines across: the name of the x-axis stands below its middle, that of the y-axis over it. */
export function axes(x: Axis, y: Axis): Plot.Markish[] {
  return [
    Plot.gridY({ ticks: ticksOf(y) }),
    Plot.axisX({ tickSize: 0, labelAnchor: 'center', labelArrow: 'none', ...x, ticks: ticksOf(x) }),
    Plot.axisY({ tickSize: 0, labelArrow: 'none', ...y, ticks: ticksOf(y) }),
  ];
}

const ticksOf = ({ ticks }: Axis): number | number[] => (typeof ticks === 'number' ? ticks : [...ticks]);
