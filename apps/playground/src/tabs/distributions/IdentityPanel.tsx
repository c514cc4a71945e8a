import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { latexNumber, shownNumber } from '../../parts/shownNumber.ts';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Divergence, Measures } from './measures.ts';
import { symmetryOf } from './symmetry.ts';
import { distributionWords, symmetrySentence } from './words.ts';

/** D_KL = H(P, Q) - H(P), with the numbers of the moment, both ways; and whether the two ways agree. */
export function IdentityPanel({ measures }: { readonly measures: Measures }): JSX.Element {
  const words = useWords(distributionWords);
  const { forward, reverse } = measures;
  return (
    <Panel title={words.identity}>
      <Identity divergence={forward} of="P" from="Q" />
      <Identity divergence={reverse} of="Q" from="P" />
      <h3>{words.symmetric}</h3>
      <p class="distributions-both">
        <Formula latex={`D_{\\mathrm{KL}}(P \\,\\|\\, Q) = ${latexNumber(forward.value)}`} />
        <Formula latex={`D_{\\mathrm{KL}}(Q \\,\\|\\, P) = ${latexNumber(reverse.value)}`} />
      </p>
      <p class="distributions-verdict" aria-live="polite">
        {symmetrySentence(symmetryOf(measures), words, (value) => shownNumber(value))}
      </p>
    </Panel>
  );
}

interface IdentityProps {
  readonly divergence: Divergence;
  readonly of: string;
  readonly from: string;
}

function Identity({ divergence, of, from }: IdentityProps): JSX.Element {
  const words = useWords(distributionWords);
  const { value, crossEntropy, entropy, difference } = divergence;
  const [left, across, own] = [value, crossEntropy, entropy].map((number) => latexNumber(number, 6));
  const apart = value - difference;
  return (
    <div class="distributions-identity">
      <Formula
        latex={`\\begin{aligned} D_{\\mathrm{KL}}(${of} \\,\\|\\, ${from}) &= H(${of}, ${from}) - H(${of}) \\\\ ${left} &= ${across} - ${own} \\end{aligned}`}
        isDisplayed
      />
      {Number.isFinite(value) ? (
        <p>
          {words.apart}: <Value of={apart} digits={3} kind="value" name={`apart-${of}${from}`} />{' '}
          <span class="quiet">{apart === 0 ? words.exact : words.rounding}</span>
        </p>
      ) : (
        <p class="quiet">{words.noDifference}</p>
      )}
    </div>
  );
}
