import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { CurveChart } from '../../parts/curves/CurveChart.tsx';
import type { Drawn } from '../../parts/curves/labelPositions.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { LibrarySays } from '../../parts/LibrarySays.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { Asked } from '../../worker/connect.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { halfLife, momentum, reach, steps } from './descent.ts';
import { FitPlot } from './FitPlot.tsx';
import { LineTable, PointTable } from './FitTables.tsx';
import type { Descent, Fits } from './fit.ts';
import { type LossName, type LossSettings, strokes } from './names.ts';
import type { Coordinates } from './points.ts';
import { lossWords } from './words.ts';
import type { LossAnswers } from './worker.ts';

interface FitState {
  readonly seed: number;
  readonly points: Coordinates;
  readonly rate: number;
  readonly step: number;
}

interface FitPanelProps extends FitState, LossSettings {
  readonly asked: Asked<LossAnswers>;
  readonly shown: readonly LossName[];
  readonly onChange: (some: Partial<FitState>) => void;
}

const stepDomain = [0, steps] as const;
const stepTicks = { type: 'sqrt', ticks: [0, 10, 50, 100, 200, 400] } as const;

/** A line fitted to points under each loss, and the way there. */
export function FitPanel(props: FitPanelProps): JSX.Element {
  const { asked, shown, seed, points: moved, rate, step, delta, beta, tau, onChange } = props;
  const words = useWords(lossWords);
  const {
    answer: fits,
    failure,
    again,
  } = useAnswer(asked.fit, {
    seed,
    points: moved,
    losses: shown,
    rate,
    delta,
    beta,
    tau,
  });
  const points = moved.length > 0 ? moved : (fits?.points ?? []);
  const isPlaying = usePlay(step, (step) => onChange({ step }));
  const lines = useMemo(() => linesAt(fits, shown, words.names, step), [fits, shown, words, step]);
  const paths = useMemo(() => pathsOf(fits, shown, words.names), [fits, shown, words]);
  const highest = Math.max(1, ...paths.map(({ y }) => y[0])) * 1.1;
  const lossDomain = useMemo(() => [0, highest] as const, [highest]);
  const here = (name: LossName): Pointer | undefined => pointer(fits?.descents[name], step);
  const move = (point: number, x: number, y: number): void => {
    onChange({ points: points.map((value, at) => (at === 2 * point ? x : at === 2 * point + 1 ? y : value)) });
  };
  const told = (tell: (at: Pointer) => string): string =>
    shown
      .flatMap((name) => {
        const at = here(name);
        return at ? [`${words.names[name]} ${tell(at)}`] : [];
      })
      .join('; ');

  return (
    <Panel title={words.fit} isWide>
      <p class="quiet">{words.fitLead}</p>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      {shown.map((name) => {
        const said = fits?.descents[name]?.failure;
        return said === undefined ? null : (
          <Notice key={name} kind="warning">
            <p>{words.stopped(words.names[name])}</p>
            <LibrarySays code="NON_FINITE" text={said} />
          </Notice>
        );
      })}
      <div class="pair">
        <div>
          <FitPlot
            label={words.fitChart(told(({ a, b }) => `y = ${shownNumber(a, 3)}x + ${shownNumber(b, 3)}`))}
            points={points}
            lines={lines}
            onMove={move}
          />
        </div>
        <div>
          <div class="knobs">
            <NumberField
              label={words.step}
              value={step}
              from={0}
              to={steps}
              step={1}
              onChange={(step) => onChange({ step: Math.round(step) })}
            />
            <NumberField
              label={words.rate}
              value={rate}
              from={0.001}
              to={1}
              step={0.001}
              onChange={(rate) => onChange({ rate })}
            />
            <div class="row">
              <button type="button" onClick={isPlaying.toggle}>
                {isPlaying.is ? words.pause : words.play}
              </button>
              <button type="button" onClick={() => onChange({ seed: (seed % 9999) + 1, points: [] })}>
                {words.fresh}
              </button>
            </div>
          </div>
          <h3>{words.lossBySteps}</h3>
          <CurveChart
            label={words.lossChart(told(({ loss }) => shownNumber(loss)))}
            curves={paths}
            xAxis={words.stepAxis}
            xDomain={stepDomain}
            yDomain={lossDomain}
            xTicks={stepTicks}
            cursor={{
              label: words.step,
              at: step,
              step: 1,
              onMove: (step) => onChange({ step }),
              heights: Object.fromEntries(shown.map((name) => [name, here(name)?.loss])),
            }}
          />
        </div>
      </div>
      {fits && <LineTable fits={fits} shown={shown} step={step} />}
      {!fits && !failure && <p class="quiet">{words.computing}</p>}
      <p class="quiet losses-note">{words.schedule(momentum, halfLife, steps)}</p>
      {fits && <PointTable points={points} fits={fits} shown={shown} onMove={move} />}
    </Panel>
  );
}

interface Pointer {
  readonly a: number;
  readonly b: number;
  readonly loss: number;
}

/** A descent at a step; where it stopped before, at its end. */
function pointer(descent: Descent | undefined, step: number): Pointer | undefined {
  if (!descent) return undefined;
  const at = Math.min(step, descent.a.length - 1);
  return { a: descent.a[at], b: descent.b[at], loss: descent.loss[at] };
}

type Names = Readonly<Record<LossName, string>>;

function linesAt(fits: Fits | undefined, shown: readonly LossName[], names: Names, step: number): Drawn[] {
  return shown.flatMap((name) => {
    const at = pointer(fits?.descents[name], step);
    if (!at) return [];
    const x = Array.from({ length: 121 }, (_, index) => -reach.x + (index * reach.x) / 60);
    return [{ key: name, label: names[name], ...strokes[name], x, y: x.map((each) => at.a * each + at.b) }];
  });
}

function pathsOf(fits: Fits | undefined, shown: readonly LossName[], names: Names): Drawn[] {
  return shown.flatMap((name) => {
    const descent = fits?.descents[name];
    if (!descent) return [];
    return [
      { key: name, label: names[name], ...strokes[name], x: descent.loss.map((_, step) => step), y: descent.loss },
    ];
  });
}

/** Runs through the steps, faster the farther it is, for most happens at the beginning. */
function usePlay(step: number, onStep: (step: number) => void): { readonly is: boolean; readonly toggle: () => void } {
  const [is, setIs] = useState(false);
  useEffect(() => {
    if (!is) return;
    if (step >= steps) {
      setIs(false);
      return;
    }
    const timer = setTimeout(() => onStep(Math.min(steps, step + 1 + Math.floor(step / 20))), 60);
    return () => clearTimeout(timer);
  }, [is, step]);
  const toggle = (): void => {
    if (!is && step >= steps) onStep(0);
    setIs(!is);
  };
  return { is, toggle };
}
