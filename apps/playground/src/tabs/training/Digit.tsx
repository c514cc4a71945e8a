import type { JSX } from 'preact';
import { NumberField } from '../../parts/NumberField.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import { DigitPad } from './DigitPad.tsx';
import { imageSize, type Stroke } from './digit.ts';
import { Picture } from './Picture.tsx';
import type { Known } from './store.ts';
import { trainingWords } from './words.ts';

interface DigitProps {
  readonly known: Known;
  readonly strokes: readonly Stroke[];
  readonly onDraw: (strokes: readonly Stroke[]) => void;
  readonly image: number;
  readonly onImage: (image: number) => void;
}

/** A digit of the reader, or of the test images, and what the net takes it for. */
export function Digit({ known, strokes, onDraw, image, onImage }: DigitProps): JSX.Element {
  const words = useWords(trainingWords);
  const testCount = known.beginning?.images.testCount ?? 1;
  return (
    <div class="training-digit">
      <div>
        <DigitPad strokes={strokes} onChange={onDraw} />
        <div class="row">
          <button type="button" disabled={strokes.length === 0} onClick={() => onDraw(strokes.slice(0, -1))}>
            {words.undo}
          </button>
          <button type="button" disabled={strokes.length === 0} onClick={() => onDraw([])}>
            {words.clear}
          </button>
          <button type="button" onClick={() => onImage(strokes.length > 0 ? image : (image + 1) % testCount)}>
            {words.take}
          </button>
        </div>
        <NumberField
          label={words.imageNumber}
          value={image}
          from={0}
          to={Math.min(testCount, 10_000) - 1}
          step={1}
          hasSlider={false}
          onChange={(number) => Number.isInteger(number) && onImage(number)}
        />
      </div>
      {known.view && <Guess known={known} view={known.view} />}
    </div>
  );
}

function Guess({ known, view }: { readonly known: Known; readonly view: NonNullable<Known['view']> }): JSX.Element {
  const words = useWords(trainingWords);
  const { probabilities } = view.sight;
  const best = probabilities.indexOf(Math.max(...probabilities));
  return (
    <div class="training-guess">
      <div class="training-seen">
        <Picture numbers={view.pixels} width={imageSize} height={imageSize} label={words.netSees} />
        <div>
          <p class="quiet">{view.label === undefined ? words.drawnByYou : words.labelled(view.label)}</p>
          {best >= 0 && (
            <p class="training-answer" aria-live={known.isRunning ? 'off' : 'polite'}>
              {words.takenFor(best, probabilities[best])}
            </p>
          )}
          {view.step === 0 && !known.beginning?.isLoaded && <p class="quiet">{words.untrainedGuess}</p>}
        </div>
      </div>
      <table class="training-probabilities">
        <caption class="unseen">{words.probabilities}</caption>
        <tbody>
          {probabilities.map((probability, digit) => (
            <tr key={digit}>
              <th scope="row" class={digit === best ? 'training-best' : undefined}>
                {digit}
              </th>
              <td class="training-bar-cell">
                <span class="training-bar" style={{ width: `${100 * probability || 0}%` }} />
              </td>
              <td>
                <Value of={probability} digits={3} kind="value" name={`probability-${digit}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
