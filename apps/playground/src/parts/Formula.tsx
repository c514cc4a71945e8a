import katex from 'katex';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Scrolling } from './Scrolling.tsx';

interface FormulaProps {
  /** In LaTeX; numbers may be put in with `latexNumber`. */
  readonly latex: string;
  /** On a line of its own. Default: within the text. */
  readonly isDisplayed?: boolean;
}

/** A formula, set by KaTeX, with MathML beside it for those who listen. */
export function Formula({ latex, isDisplayed = false }: FormulaProps): JSX.Element {
  const html = useMemo(
    () => katex.renderToString(latex, { displayMode: isDisplayed, throwOnError: false, output: 'htmlAndMathml' }),
    [latex, isDisplayed],
  );
  const set = <span class="formula" dangerouslySetInnerHTML={{ __html: html }} />;
  return isDisplayed ? <Scrolling class="displayed">{set}</Scrolling> : set;
}
