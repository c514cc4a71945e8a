import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { CurveChart } from '../../parts/curves/CurveChart.tsx';
import type { Drawn } from '../../parts/curves/labelPositions.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { Formula } from '../../parts/Formula.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Settings } from '../../parts/Settings.tsx';
import { Shown } from '../../parts/Shown.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { Asked } from '../../worker/connect.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { CursorTable } from './CursorTable.tsx';
import { CurveTable } from './CurveTable.tsx';
import type { Curve } from './curves.ts';
import { type LossName, type LossSettings, lossNames, strokes } from './names.ts';
import { residuals } from './residuals.ts';
import { lossWords } from './words.ts';
import type { LossAnswers } from './worker.ts';

interface CurvesPanelProps extends LossSettings {
  readonly asked: Asked<LossAnswers>;
  readonly shown: readonly LossName[];
  readonly residual: number;
  readonly onChange: (
    some: Partial<LossSettings> & { readonly residual?: number; readonly shown?: readonly LossName[] },
  ) => void;
}

const xDomain = [-4, 4] as const;
const valueDomain = [0, 6] as const;
const slopeDomain = [-3, 3] as const;

/** Value and slope of each loss over the residual, and what they are at the one that is chosen. */
export function CurvesPanel(props: CurvesPanelProps): JSX.Element {
  const { asked, shown, residual, delta, beta, tau, onChange } = props;
  const words = useWords(lossWords);
  const settings = { delta, beta, tau };
  const { answer: curves, failure, again } = useAnswer(asked.curves, settings);
  const { answer: here } = useAnswer(asked.atResidual, { residual, ...settings });
  const values = useMemo(() => drawn(curves, shown, words.names, 'values'), [curves, shown, words]);
  const slopes = useMemo(() => drawn(curves, shown, words.names, 'slopes'), [curves, shown, words]);
  const table = useMemo(
    () => curves && shown.length > 0 && <CurveTable curves={curves} shown={shown} />,
    [curves, shown],
  );
  const heightsOf = (what: keyof Curve): Record<string, number | undefined> =>
    Object.fromEntries(shown.map((name) => [name, here?.[name][what][0]]));
  const told = (what: keyof Curve): string =>
    here ? shown.map((name) => `${words.names[name]} ${shownNumber(here[name][what][0])}`).join(', ') : '…';
  const cursorOver = (what: keyof Curve) => ({
    label: `${words.cursor}, ${what === 'values' ? words.value : words.slope}`,
    at: residual,
    step: 0.05,
    onMove: (residual: number) => onChange({ residual }),
    heights: heightsOf(what),
  });

  return (
    <Panel title={words.curves} isWide>
      <p class="quiet">{words.drag}</p>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      <div class="knobs long">
        <NumberField
          label={<KnobLabel name={words.residual} sign="d" />}
          value={residual}
          from={-4}
          to={4}
          step={0.05}
          onChange={(residual) => onChange({ residual })}
        />
      </div>
      <Settings>
        <Shown
          label={words.shown}
          names={lossNames}
          nameOf={(name) => words.names[name]}
          strokes={strokes}
          shown={shown}
          onChange={(shown) => onChange({ shown })}
        />
        <div class="knobs long">
          <NumberField
            label={<KnobLabel name={words.delta} sign="\delta" />}
            value={delta}
            from={0.05}
            to={4}
            step={0.05}
            onChange={(delta) => onChange({ delta })}
          />
          <NumberField
            label={<KnobLabel name={words.beta} sign="\beta" />}
            value={beta}
            from={0}
            to={4}
            step={0.05}
            onChange={(beta) => onChange({ beta })}
          />
          <NumberField
            label={<KnobLabel name={words.tau} sign="\tau" />}
            value={tau}
            from={0.1}
            to={0.9}
            step={0.01}
            onChange={(tau) => onChange({ tau })}
          />
        </div>
      </Settings>
      <div class="pair">
        <div>
          <h3>{words.value}</h3>
          <CurveChart
            label={words.valueChart(told('values'))}
            curves={values}
            xAxis={words.residualAxis}
            xDomain={xDomain}
            yDomain={valueDomain}
            cursor={cursorOver('values')}
          />
        </div>
        <div>
          <h3>{words.slope}</h3>
          <CurveChart
            label={words.slopeChart(told('slopes'))}
            curves={slopes}
            xAxis={words.residualAxis}
            xDomain={xDomain}
            yDomain={slopeDomain}
            cursor={cursorOver('slopes')}
          />
        </div>
      </div>
      {shown.length === 0 && <p>{words.none}</p>}
      {here && shown.length > 0 && <CursorTable losses={here} shown={shown} residual={residual} settings={settings} />}
      {table}
    </Panel>
  );
}

function KnobLabel({ name, sign }: { readonly name: string; readonly sign: string }): JSX.Element {
  return (
    <span>
      {name} <Formula latex={sign} />
    </span>
  );
}

/** The curves to draw; one that jumps at 0 is left open there, with a dot where it is. */
function drawn(
  curves: Readonly<Record<LossName, Curve>> | undefined,
  shown: readonly LossName[],
  names: Readonly<Record<LossName, string>>,
  what: keyof Curve,
): Drawn[] {
  if (!curves) return [];
  const zero = residuals.indexOf(0);
  return shown.map((name) => {
    const y = curves[name][what];
    const curve = { key: name, label: names[name], ...strokes[name], x: residuals };
    if (Math.abs(y[zero + 1] - y[zero - 1]) < 1e-3) return { ...curve, y };
    return { ...curve, y: y.map((height, at) => (at === zero ? Number.NaN : height)), dot: [0, y[zero]] };
  });
}
