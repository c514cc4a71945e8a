import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { CurveChart } from '../../parts/curves/CurveChart.tsx';
import type { Drawn } from '../../parts/curves/labelPositions.ts';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { Curves as Computed, Curve } from './curves.ts';
import { reach } from './fields.ts';
import { margins } from './margins.ts';
import { type LossName, strokes } from './names.ts';
import { marginWords } from './words.ts';

interface CurvesProps {
  readonly curves: Computed | undefined;
  readonly here: Computed | undefined;
  readonly shown: readonly LossName[];
  readonly margin: number;
  readonly onMove: (margin: number) => void;
}

const xDomain = [-reach, reach] as const;
const domains = { values: [0, 4], slopes: [-2, 0.5] } as const;

/** Value and slope of each loss over the margin, with one cursor through both. */
export function Curves({ curves, here, shown, margin, onMove }: CurvesProps): JSX.Element {
  const words = useWords(marginWords);
  const drawnOf = (what: keyof Curve): Drawn[] => (curves ? shown.map((name) => drawn(name, curves, what, words)) : []);
  const values = useMemo(() => drawnOf('values'), [curves, shown, words]);
  const slopes = useMemo(() => drawnOf('slopes'), [curves, shown, words]);
  const told = (what: keyof Curve): string =>
    here ? shown.map((name) => `${words.names[name]} ${shownNumber(here[name][what][0])}`).join(', ') : '…';
  return (
    <div class="pair">
      {(['values', 'slopes'] as const).map((what) => (
        <div key={what}>
          <h3>{what === 'values' ? words.value : words.slope}</h3>
          <CurveChart
            label={(what === 'values' ? words.valueChart : words.slopeChart)(told(what))}
            curves={what === 'values' ? values : slopes}
            xAxis={words.axis}
            xDomain={xDomain}
            yDomain={domains[what]}
            cursor={{
              label: `${words.margin}, ${what === 'values' ? words.value : words.slope}`,
              at: margin,
              step: 0.05,
              onMove,
              heights: Object.fromEntries(shown.map((name) => [name, here?.[name][what][0]])),
            }}
          />
        </div>
      ))}
    </div>
  );
}

/** Where a curve jumps: the 0-1 loss at 0, the slope of the hinge at its kink. */
const jumps: Partial<Record<LossName, Partial<Record<keyof Curve, number>>>> = {
  zeroOne: { values: 0, slopes: 0 },
  hinge: { slopes: 1 },
};

/** A curve to draw; one that jumps is left open there, with a dot where it is, if it is anywhere. */
function drawn(
  name: LossName,
  curves: Computed,
  what: keyof Curve,
  words: { readonly names: Readonly<Record<LossName, string>> },
): Drawn {
  const y = curves[name][what];
  const curve = { key: name, label: words.names[name], ...strokes[name], x: margins };
  const jump = jumps[name]?.[what];
  if (jump === undefined) return { ...curve, y };
  const at = margins.indexOf(jump);
  const open = { ...curve, y: y.with(at, Number.NaN) };
  return Number.isNaN(y[at]) ? open : { ...open, dot: [jump, y[at]] };
}
