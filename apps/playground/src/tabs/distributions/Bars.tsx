import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { draggable } from '../../parts/drag.ts';
import { OverlaidChart, type Scales } from '../../parts/OverlaidChart.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { movedByKey } from '../../parts/sliderKeys.ts';
import { useWords } from '../../words/words.ts';
import { distributionWords, outcomeName } from './words.ts';

interface BarsProps {
  /** P or Q. */
  readonly which: 'P' | 'Q';
  readonly shares: readonly number[];
  /** Those of the other distribution, marked beside. */
  readonly others: readonly number[];
  readonly onChange: (at: number, share: number) => void;
}

const step = 0.01;

/** The bars of a distribution, each of which can be dragged. */
export function Bars({ which, shares, others, onChange }: BarsProps): JSX.Element {
  const words = useWords(distributionWords);
  const draw = useCallback(
    (): Plot.PlotOptions => ({
      height: 240,
      marginTop: 24,
      marginLeft: 34,
      marginRight: 4,
      marginBottom: 28,
      x: { type: 'band', domain: shares.map((_, at) => outcomeName(at)), padding: 0.22 },
      y: { domain: [0, 1] },
      marks: [
        Plot.gridY({ ticks: 5 }),
        Plot.axisY({ ticks: 5, tickSize: 0, label: null, tickFormat: (share: number) => String(share) }),
        Plot.axisX({ tickSize: 0, label: null, fontSize: 12 }),
        Plot.barY(
          shares.map((share, at) => ({ share, outcome: outcomeName(at) })),
          {
            x: 'outcome',
            y: 'share',
            fill: which === 'P' ? 'var(--distributions-p)' : 'url(#distributions-hatch)',
            stroke: which === 'P' ? 'var(--distributions-p)' : 'var(--distributions-q)',
            strokeWidth: 1.5,
          },
        ),
        Plot.tickY(
          others.map((share, at) => ({ share, outcome: outcomeName(at) })),
          {
            x: 'outcome',
            y: 'share',
            stroke: which === 'P' ? 'var(--distributions-q)' : 'var(--distributions-p)',
            strokeWidth: 2.5,
            strokeDasharray: '4 3',
            insetLeft: -4,
            insetRight: -4,
          },
        ),
        Plot.ruleY([0]),
      ],
    }),
    [which, shares, others],
  );
  const told = shares.map((share, at) => `${outcomeName(at)} ${shownNumber(share, 3)}`).join(', ');
  return (
    <OverlaidChart label={words.chart(which, told)} draw={draw}>
      {(scales) =>
        shares.map((share, at) => (
          <Bar key={at} which={which} at={at} share={share} scales={scales} onChange={(share) => onChange(at, share)} />
        ))
      }
    </OverlaidChart>
  );
}

interface BarProps {
  readonly which: 'P' | 'Q';
  readonly at: number;
  readonly share: number;
  readonly scales: Scales;
  readonly onChange: (share: number) => void;
}

/** What a bar is taken hold of by: its body and a little above it. */
function Bar({ which, at, share, scales, onChange }: BarProps): JSX.Element | null {
  const words = useWords(distributionWords);
  const outcome = outcomeName(at);
  const x = scales.x(outcome);
  // While an outcome is added or removed the chart is a moment behind.
  if (!Number.isFinite(x)) return null;
  const top = scales.y(share);
  // Narrow bars have room for two digits; the field below has them all.
  const shown = scales.band < 36 ? share.toFixed(2).replace(/^0/, '') : shownNumber(share, 3);
  const moveTo = (y: number): void => {
    onChange(Number(Math.max(0, Math.min(1, scales.valueAtY(y))).toFixed(3)));
  };
  return (
    <g
      role="slider"
      tabindex={0}
      aria-label={words.probability(which, outcome)}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(share.toFixed(6))}
      data-bar={`${which}-${at}`}
      onKeyDown={(event) => {
        const moved = movedByKey(event.key, share, { from: 0, to: 1, step });
        if (moved === undefined) return;
        event.preventDefault();
        onChange(Number(moved.toFixed(6)));
      }}
    >
      <rect
        class="hold distributions-hold"
        x={x - 3}
        y={top - 22}
        width={scales.band + 6}
        height={scales.bottom - top + 34}
        {...draggable((_x, y) => moveTo(y))}
      />
      <text class="distributions-share" x={x + scales.band / 2} y={top - 7} text-anchor="middle">
        {shown}
      </text>
      <line class="distributions-grip" x1={x} x2={x + scales.band} y1={top} y2={top} />
      <rect class="ring" x={x - 3} y={top - 3} width={scales.band + 6} height={scales.bottom - top + 6} rx="3" />
    </g>
  );
}
