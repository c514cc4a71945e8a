import type { JSX } from 'preact';
import { Matrix } from '../../parts/Matrix.tsx';
import { useWords } from '../../words/words.ts';
import { imageSize } from './digit.ts';
import { Picture } from './Picture.tsx';
import type { Known } from './store.ts';
import { trainingWords } from './words.ts';

interface ErrorsProps {
  readonly evaluation: NonNullable<Known['evaluation']>;
  readonly onExamine: (image: number) => void;
  readonly onTest: () => void;
}

/** Which digits are taken for which, and the test images that the net gets most wrong. */
export function Errors({ evaluation, onExamine, onTest }: ErrorsProps): JSX.Element {
  const words = useWords(trainingWords);
  const { confusion, count, step, worst } = evaluation;
  const names = confusion.map((_, digit) => String(digit));
  return (
    <>
      <div class="training-errors-head">
        <p class="quiet">{words.errorsHint(count, step)}</p>
        <button type="button" onClick={onTest}>
          {words.testNow}
        </button>
      </div>
      <p class="quiet training-axes" aria-hidden="true">
        ↓ {words.rightAnswer} · {words.answered} →
      </p>
      <div class="training-confusion">
        <Matrix
          caption={words.confusionCaption}
          rows={confusion}
          rowNames={names}
          columnNames={names}
          digits={6}
          name="confusion"
        />
      </div>
      <h3>{words.worstTitle}</h3>
      {worst.length === 0 && <p>{words.noErrors}</p>}
      <div class="training-worst">
        {worst.map(({ index, label, predicted, pixels }) => (
          <button key={index} type="button" title={words.examine(label, predicted)} onClick={() => onExamine(index)}>
            <Picture numbers={pixels} width={imageSize} height={imageSize} />
            <span>
              {label} → {predicted}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}
