import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { Chart } from '../../parts/Chart.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { Divergence, Measures } from './measures.ts';
import { distributionWords } from './words.ts';

interface Part {
  readonly row: string;
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

const rows = ['H(P, Q)', 'H(Q, P)'];

/** Each cross-entropy as a bar: an entropy, and a divergence on top of it. */
export function IdentityChart({ measures }: { readonly measures: Measures }): JSX.Element {
  const words = useWords(distributionWords);
  const { forward, reverse } = measures;
  const draw = useCallback(
    (width: number): Plot.PlotOptions => {
      const longest = Math.max(
        ...[forward, reverse].flatMap(({ entropy, crossEntropy }) => finite(entropy, crossEntropy)),
      );
      const end = Math.max(longest * 1.05, 0.1);
      const parts = [forward, reverse].flatMap(({ entropy, crossEntropy, value }, at) => {
        const [first, second] = at === 0 ? ['P', 'Q'] : ['Q', 'P'];
        return {
          row: rows[at],
          entropy: { row: rows[at], from: 0, to: entropy, name: `H(${first})` },
          apart: {
            row: rows[at],
            from: entropy,
            to: Math.min(crossEntropy, end),
            name: `D(${first}‖${second})${value === Infinity ? ' = ∞ →' : ''}`,
          },
        };
      });
      // A name is written only where it has room.
      const perValue = (width - 70) / end;
      const named = (part: Part): Part =>
        (part.to - part.from) * perValue > 7.5 * part.name.length ? part : { ...part, name: '' };
      const bars = (own: readonly Part[], fill: string, stroke: string, ink: string): Plot.Markish[] => [
        Plot.barX(own, { y: 'row', x1: 'from', x2: 'to', fill, stroke, strokeWidth: 1.5 }),
        Plot.text(own.map(named), {
          y: 'row',
          x: ({ from, to }: Part) => (from + to) / 2,
          text: 'name',
          fill: ink,
          stroke: 'var(--raised)',
          strokeWidth: 4,
          fontSize: 12,
          fontWeight: 600,
        }),
      ];
      return {
        height: 150,
        marginLeft: 60,
        marginRight: 10,
        marginTop: 6,
        marginBottom: 26,
        x: { domain: [0, end] },
        y: { type: 'band', domain: rows, padding: 0.28 },
        marks: [
          Plot.gridX(),
          Plot.axisX({ ticks: 6, tickSize: 0, label: null }),
          Plot.axisY({ tickSize: 0, label: null, fontSize: 12 }),
          ...bars(
            parts.map(({ entropy }) => entropy),
            'var(--sunken)',
            'var(--strong-line)',
            'var(--ink)',
          ),
          ...bars(
            parts.map(({ apart }) => apart),
            'url(#distributions-dots)',
            'var(--distributions-apart)',
            'var(--distributions-apart)',
          ),
        ],
      };
    },
    [forward, reverse],
  );
  const told = ({ crossEntropy, entropy, value }: Divergence): string =>
    words.identityBar(shownNumber(crossEntropy), shownNumber(entropy), shownNumber(value));
  return <Chart label={words.identityChart(`H(P, Q) ${told(forward)}`, `H(Q, P) ${told(reverse)}`)} draw={draw} />;
}

const finite = (entropy: number, crossEntropy: number): number[] =>
  // Where the sum is infinite its bar only shows that it goes on.
  Number.isFinite(crossEntropy) ? [crossEntropy] : [entropy * 1.5 + 0.5];
