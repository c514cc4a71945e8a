import type { JSX } from 'preact';

interface LetterProps {
  /** In LaTeX, as letterOf gives it. */
  readonly of: string;
  readonly index?: number | undefined;
}

/** A letter of a formula as plain text: a table's heads are read out, and MathML in them is not. */
export function Letter({ of, index }: LetterProps): JSX.Element {
  return (
    <span class="steps-letter">
      {of.replace('\\ell', 'ℓ')}
      {index !== undefined && <sub>{index}</sub>}
    </span>
  );
}
