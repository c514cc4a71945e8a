import { peer } from '../competitors/peer.ts';

/** What the bench uses of `echarts`. */
interface Charts {
  init(
    element: null,
    theme: null,
    options: { renderer: 'svg'; ssr: true; width: number; height: number },
  ): { setOption(option: object): void; renderToSVGString(): string; dispose(): void };
}

/** Ink and colours that can be told apart on white, also by those who do not see all of them. */
export const colours = {
  ink: '#1f2933',
  faint: '#667079',
  grid: '#e3e7eb',
  tapegrad: '#0b62a4',
  tensorflow: '#c2570c',
  jax: '#6b3fa0',
  pytorch: '#3f7d20',
} as const;

/** Draws a chart as SVG, without a page. */
export async function draw(size: { readonly width: number; readonly height: number }, option: object): Promise<string> {
  const echarts = await peer<Charts>('echarts');
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  const font = { fontFamily: 'system-ui, sans-serif', color: colours.ink };
  chart.setOption({ animation: false, backgroundColor: '#ffffff', textStyle: font, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** The heading of one panel. */
export function heading(text: string, left: number, top: number): object {
  return { text, left, top, padding: 0, textStyle: { fontSize: 14, fontWeight: 600, color: colours.ink } };
}

export const axisStyle = {
  axisLine: { lineStyle: { color: colours.faint } },
  axisTick: { lineStyle: { color: colours.faint } },
  axisLabel: { color: colours.ink, fontSize: 12 },
  nameTextStyle: { color: colours.faint, fontSize: 12 },
  splitLine: { lineStyle: { color: colours.grid } },
} as const;
