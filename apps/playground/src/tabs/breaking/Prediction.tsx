import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../../words/words.ts';
import { breakingWords } from './words.ts';

interface PredictionProps {
  readonly question: string;
  readonly ends: Readonly<Record<string, string>>;
  readonly predicted: string | undefined;
  readonly isRun: boolean;
  readonly onPredict: (end: string) => void;
  readonly onRun: () => void;
}

/** Asks what will happen, before it does. Whoever does not want to say may run it all the same. */
export function Prediction(props: PredictionProps): JSX.Element {
  const { question, ends, predicted, isRun, onPredict, onRun } = props;
  const words = useWords(breakingWords);
  const name = useId();
  return (
    <fieldset class="breaking-prediction">
      <legend>{question}</legend>
      {Object.entries(ends).map(([end, text]) => (
        <label key={end}>
          <input
            type="radio"
            name={name}
            value={end}
            checked={end === predicted}
            disabled={isRun}
            onChange={() => onPredict(end)}
          />
          <span>{text}</span>
        </label>
      ))}
      {isRun ? (
        <p class="quiet">{words.turn}</p>
      ) : (
        <div class="breaking-run">
          <button type="button" class="primary" disabled={predicted === undefined} onClick={onRun}>
            {words.run}
          </button>
          {predicted === undefined && (
            <button type="button" onClick={onRun}>
              {words.skip}
            </button>
          )}
        </div>
      )}
    </fieldset>
  );
}
