import { netNames } from '../nets.ts';
import type { Scaling, StepResult } from '../run/results.ts';
import { axisStyle, colours, draw, heading } from './echarts.ts';
import { number } from './numbers.ts';

const width = 860;
const tick = (value: number): string => value.toLocaleString('en-GB');

/** A panel a net, a row a competitor, the fastest on top: a dot at the median, on an axis of powers of ten. */
export async function stepsChart(steps: readonly StepResult[]): Promise<string> {
  const [rowHeight, above, between] = [26, 40, 56];
  const panels = netNames
    .map((net) => ({ net, rows: steps.filter((step) => step.net === net).sort((a, b) => a.medianMs - b.medianMs) }))
    .filter(({ rows }) => rows.length > 0);
  let top = 12;
  const bands = panels.map(({ rows }) => {
    const band = { top, grid: top + above, height: rows.length * rowHeight };
    top += above + band.height + between;
    return band;
  });
  const all = steps.map(({ medianMs }) => Math.log10(medianMs));
  const [min, max] = [10 ** Math.floor(Math.min(...all)), 10 ** Math.ceil(Math.max(...all))];
  return draw(
    { width, height: top },
    {
      title: panels.map(({ net }, index) => heading(`One training step of “${net}”`, 16, bands[index].top)),
      grid: bands.map(({ grid, height }) => ({ left: 190, right: 60, top: grid, height })),
      xAxis: panels.map((_, gridIndex) => ({
        ...axisStyle,
        gridIndex,
        type: 'log',
        min,
        max,
        name: 'milliseconds (each line is ten times the one before)',
        nameLocation: 'middle',
        nameGap: 28,
        axisLabel: { ...axisStyle.axisLabel, formatter: tick },
      })),
      yAxis: panels.map(({ rows }, gridIndex) => ({
        ...axisStyle,
        gridIndex,
        type: 'category',
        inverse: true,
        data: rows.map(({ name }) => name),
        axisTick: { show: false },
      })),
      series: panels.map(({ rows }, index) => ({
        type: 'scatter',
        xAxisIndex: index,
        yAxisIndex: index,
        symbolSize: 11,
        data: rows.map(({ name, family, medianMs }) => ({
          value: [medianMs, name],
          itemStyle: { color: colours[family], opacity: 1 },
        })),
        label: {
          show: true,
          position: 'right',
          color: colours.ink,
          fontSize: 12,
          formatter: ({ value }: { value: [number, string] }) => number(value[0]),
        },
      })),
    },
  );
}

/** On the left a step by its batch, both by powers of ten; on the right an epoch by its images. */
export function scalingChart({ batches, batchExponent, epochs, epochExponent }: Scaling): Promise<string> {
  const grid = { top: 64, height: 260, width: 330 };
  const last = batches[batches.length - 1];
  const proportional = batches.map(({ batch }) => [batch, (last.medianMs * batch) / last.batch]);
  const axis = (name: string, gridIndex: number) => ({ ...axisStyle, gridIndex, name, nameLocation: 'middle' });
  const line = { type: 'line', symbol: 'circle', symbolSize: 8, color: colours.tapegrad, lineStyle: { width: 2 } };
  return draw(
    { width, height: 390 },
    {
      title: [
        heading(`Milliseconds of a step: grow as batch^${batchExponent.toFixed(2)}`, 16, 14),
        heading(`Milliseconds of an epoch: grow as images^${epochExponent.toFixed(2)}`, 456, 14),
      ],
      legend: {
        data: ['in proportion to the batch'],
        left: 62,
        top: 38,
        padding: 0,
        icon: 'rect',
        itemWidth: 18,
        itemHeight: 2,
        textStyle: { color: colours.faint },
      },
      grid: [
        { ...grid, left: 62 },
        { ...grid, left: 506 },
      ],
      xAxis: [
        {
          ...axis('images in a step', 0),
          nameGap: 30,
          type: 'log',
          logBase: 2,
          min: batches[0].batch,
          max: last.batch,
          axisLabel: { ...axisStyle.axisLabel, formatter: tick, hideOverlap: true },
        },
        {
          ...axis('images in an epoch', 1),
          nameGap: 30,
          type: 'value',
          axisLabel: { ...axisStyle.axisLabel, formatter: tick },
        },
      ],
      yAxis: [
        { ...axis('', 0), type: 'log', axisLabel: { ...axisStyle.axisLabel, formatter: tick } },
        { ...axis('', 1), type: 'value', min: 0, axisLabel: { ...axisStyle.axisLabel, formatter: tick } },
      ],
      series: [
        {
          ...line,
          name: 'in proportion to the batch',
          symbol: 'none',
          color: colours.faint,
          lineStyle: { width: 1.5, type: 'dashed' },
          data: proportional,
        },
        { ...line, name: 'a step', data: batches.map(({ batch, medianMs }) => [batch, medianMs]) },
        {
          ...line,
          xAxisIndex: 1,
          yAxisIndex: 1,
          name: 'an epoch',
          data: epochs.map(({ images, milliseconds }) => [images, milliseconds]),
        },
      ],
    },
  );
}
