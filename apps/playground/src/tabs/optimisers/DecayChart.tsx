import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { Chart } from '../../parts/Chart.tsx';
import { useWords } from '../../words/words.ts';
import type { Decays } from './decays.ts';
import { type DecayName, decayNames } from './names.ts';
import { optimiserWords } from './words.ts';

/** The colour of each way to decay; the weight with small gradients is dashed. */
export const decayStrokes: Readonly<Record<DecayName, string>> = {
  sgdL2: 'var(--optimisers-sgd)',
  adamL2: 'var(--optimisers-adam-w)',
  adamW: 'var(--optimisers-adam)',
};

/** Two weights under each way to decay, over the steps. */
export function DecayChart({ decays }: { readonly decays: Decays }): JSX.Element {
  const words = useWords(optimiserWords);
  const draw = useCallback(
    (): Plot.PlotOptions => ({
      height: 300,
      marginTop: 26,
      marginBottom: 44,
      marginLeft: 40,
      x: { domain: [0, decays.adamW.large.length - 1] },
      y: { domain: [-0.2, 1.2], clamp: true },
      marks: [
        Plot.gridY({ ticks: 6 }),
        Plot.ruleY([0], { strokeOpacity: 0.5 }),
        Plot.axisX({ ticks: 6, tickSize: 0, label: words.stepAxis, labelAnchor: 'center', labelArrow: 'none' }),
        Plot.axisY({ ticks: 6, tickSize: 0, label: words.weightAxis, labelArrow: 'none' }),
        ...decayNames.flatMap((name) =>
          (['large', 'small'] as const).map((which) =>
            Plot.line(
              decays[name][which].flatMap((weight, at) => (at % 2 === 0 ? [[at, weight]] : [])),
              {
                stroke: decayStrokes[name],
                strokeWidth: 2.25,
                strokeDasharray: which === 'small' ? '7 4' : undefined,
              },
            ),
          ),
        ),
      ],
    }),
    [decays, words],
  );
  return (
    <>
      <ul class="optimisers-legend">
        {decayNames.map((name) => (
          <li key={name} style={{ color: decayStrokes[name] }}>
            {words.decays[name]}
          </li>
        ))}
        <li class="large">{words.ofLarge}</li>
        <li class="small">{words.ofSmall}</li>
      </ul>
      <Chart label={words.weightsLabel} draw={draw} />
    </>
  );
}
