import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Choice } from '../../parts/Choice.tsx';
import { CurveChart } from '../../parts/curves/CurveChart.tsx';
import type { Drawn } from '../../parts/curves/labelPositions.ts';
import { FailureNotice } from '../../parts/FailureNotice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { Asked } from '../../worker/connect.ts';
import { useAnswer } from '../../worker/useAnswer.ts';
import { farthestLogit } from './logits.ts';
import type { ClassCount, LossOfLogit, OnSoftmax } from './onSoftmax.ts';
import { SoftmaxTable } from './SoftmaxTable.tsx';
import { type LossWords, lossWords } from './words.ts';
import type { LossAnswers } from './worker.ts';

interface SoftmaxPanelProps {
  readonly asked: Asked<LossAnswers>;
  readonly logit: number;
  readonly classes: '2' | '3';
  readonly onChange: (some: { readonly logit?: number; readonly classes?: '2' | '3' }) => void;
}

const logitDomain = [-farthestLogit, farthestLogit] as const;
const lossDomain = [0, 12.5] as const;
const gradientDomain = [-1.1, 0.1] as const;

/** What cross-entropy and squared error make of a model that is confidently wrong. */
export function SoftmaxPanel({ asked, logit, classes, onChange }: SoftmaxPanelProps): JSX.Element {
  const words = useWords(lossWords);
  const count: ClassCount = classes === '2' ? 2 : 3;
  const { answer: curves, failure, again } = useAnswer(asked.softmaxCurves, { classes: count });
  const { answer: here } = useAnswer(asked.atLogit, { logit, classes: count });
  const losses = useMemo(() => drawn(curves, words, ({ values }) => values), [curves, words]);
  const gradients = useMemo(() => drawn(curves, words, firstGradients), [curves, words]);
  const cursorOver = (name: string, heightOf: (loss: LossOfLogit) => number) => ({
    label: `${words.logit}, ${name}`,
    at: logit,
    step: 0.1,
    onMove: (logit: number) => onChange({ logit }),
    heights: { crossEntropy: here && heightOf(here.crossEntropy), squaredError: here && heightOf(here.squaredError) },
  });
  const told = (say: (entropy: string, square: string) => string, numberOf: (loss: LossOfLogit) => number): string =>
    here ? say(shownNumber(numberOf(here.crossEntropy)), shownNumber(numberOf(here.squaredError))) : '…';

  return (
    <Panel title={words.softmax} isWide>
      <p class="quiet">{words.softmaxLead}</p>
      {failure && <FailureNotice failure={failure} onAgain={again} />}
      <div class="knobs long">
        <NumberField
          label={words.logit}
          value={logit}
          from={-farthestLogit}
          to={farthestLogit}
          step={0.1}
          onChange={(logit) => onChange({ logit })}
        />
        <Choice
          label={words.classes}
          isInline
          options={['2', '3']}
          value={classes}
          onChange={(classes) => onChange({ classes })}
        />
      </div>
      <p class="losses-verdict" aria-live="polite">
        {here ? verdict(here, words) : '…'}
      </p>
      <div class="pair">
        <div>
          <h3>{words.value}</h3>
          <CurveChart
            label={told(words.lossByLogitChart, ({ values }) => values[0])}
            curves={losses}
            xAxis={words.logitAxis}
            xDomain={logitDomain}
            yDomain={lossDomain}
            cursor={cursorOver(words.value, ({ values }) => values[0])}
          />
        </div>
        <div>
          <h3>{words.gradientByLogit}</h3>
          <CurveChart
            label={told(words.gradientByLogitChart, ({ gradients }) => gradients[0][0])}
            curves={gradients}
            xAxis={words.logitAxis}
            xDomain={logitDomain}
            yDomain={gradientDomain}
            cursor={cursorOver(words.gradientByLogit, ({ gradients }) => gradients[0][0])}
          />
        </div>
      </div>
      {here && <SoftmaxTable here={here} />}
    </Panel>
  );
}

const firstGradients = ({ gradients }: LossOfLogit): number[] => gradients.map(([first]) => first);

function drawn(
  curves: OnSoftmax | undefined,
  words: LossWords,
  heights: (loss: LossOfLogit) => readonly number[],
): Drawn[] {
  if (!curves) return [];
  return [
    {
      key: 'crossEntropy',
      label: words.crossEntropy,
      colour: 'var(--green)',
      x: curves.z,
      y: heights(curves.crossEntropy),
    },
    {
      key: 'squaredError',
      label: words.squaredError,
      colour: 'var(--orange)',
      dash: '9 4',
      x: curves.z,
      y: heights(curves.squaredError),
    },
  ];
}

/** In words: how much harder the one pulls than the other. */
function verdict({ probability: [p], crossEntropy, squaredError }: OnSoftmax, words: LossWords): string {
  const ratio = crossEntropy.gradients[0][0] / squaredError.gradients[0][0];
  if (p > 0.95) return words.right(shownNumber(p, 3));
  return (p < 0.2 ? words.wrong : words.unsure)(shownNumber(p, 3), shownNumber(ratio, 3));
}
