import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { axes } from '../../parts/axes.ts';
import { Chart } from '../../parts/Chart.tsx';
import { Legend } from '../../parts/Legend.tsx';
import { useWords } from '../../words/words.ts';
import type { Decays } from './decays.ts';
import { decayNames, decayStrokes, weightDashes, weightNames } from './names.ts';
import { optimiserWords } from './words.ts';

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
        ...axes({ label: words.stepAxis, ticks: 6 }, { label: words.weightAxis, ticks: 6 }),
        Plot.ruleY([0], { strokeOpacity: 0.5 }),
        ...decayNames.flatMap((name) =>
          weightNames.map((which) =>
            Plot.line(
              decays[name][which].flatMap((weight, at) => (at % 2 === 0 ? [[at, weight]] : [])),
              { stroke: decayStrokes[name].colour, strokeWidth: 2.25, strokeDasharray: weightDashes[which] },
            ),
          ),
        ),
      ],
    }),
    [decays, words],
  );
  return (
    <>
      <Legend
        lines={[
          ...decayNames.map((name) => ({ key: name, name: words.decays[name], ...decayStrokes[name] })),
          ...weightNames.map((which) => ({
            key: which,
            name: words.weightsWith[which],
            colour: 'var(--quiet)',
            dash: weightDashes[which],
          })),
        ]}
      />
      <Chart label={words.weightsLabel} draw={draw} />
    </>
  );
}
