import type { JSX } from 'preact';
import { useWords } from '../../words/words.ts';
import { type LossName, lossNames, strokes } from './names.ts';
import { marginWords } from './words.ts';

interface LegendProps {
  readonly shown: readonly LossName[];
  readonly onChange: (shown: readonly LossName[]) => void;
}

/** The losses with the strokes they are drawn in, each to be shown or not. */
export function Legend({ shown, onChange }: LegendProps): JSX.Element {
  const words = useWords(marginWords);
  return (
    <fieldset class="margins-legend">
      <legend class="unseen">{words.shown}</legend>
      {lossNames.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={shown.includes(name)}
            onChange={({ currentTarget }) =>
              onChange(lossNames.filter((one) => (one === name ? currentTarget.checked : shown.includes(one))))
            }
          />
          <Swatch name={name} />
          {words.names[name]}
        </label>
      ))}
    </fieldset>
  );
}

/** A piece of the line that a loss is drawn with. */
export function Swatch({ name }: { readonly name: LossName }): JSX.Element {
  const { colour, dash } = strokes[name];
  return (
    <svg class="margins-swatch" width="34" height="10" aria-hidden="true">
      <line x1="0" x2="34" y1="5" y2="5" stroke={colour} stroke-width="2.5" stroke-dasharray={dash} />
    </svg>
  );
}
