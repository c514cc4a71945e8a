import type { JSX } from 'preact';

interface LetterProps {
  /** In LaTeX, as letterOf gives it. */
  readonly of: string;
  readonly place?: number | undefined;
}

/** A letter of a formula as plain text: a table's heads are read out, and MathML in them is not. */
export function Letter({ of, place }: LetterProps): JSX.Element {
  return (
    <span class="steps-letter">
      {of.replace('\\ell', 'ℓ')}
      {place !== undefined && <sub>{place}</sub>}
    </span>
  );
}
