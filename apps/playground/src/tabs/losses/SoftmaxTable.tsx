import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { latexNumber, shownNumber } from '../../parts/shownNumber.ts';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { LossOfLogit, OnSoftmax } from './onSoftmax.ts';
import { lossWords } from './words.ts';

/** Both losses at the chosen logit, with all gradients and the formulas that they follow. */
export function SoftmaxTable({ here }: { readonly here: OnSoftmax }): JSX.Element {
  const words = useWords(lossWords);
  const classes = here.crossEntropy.gradients[0].length;
  const rows = [
    { key: 'cross-entropy', name: words.crossEntropy, loss: here.crossEntropy, ...entropyFormulas(here) },
    { key: 'squared-error', name: words.squaredError, loss: here.squaredError, ...squareFormulas(here, classes) },
  ];
  return (
    <>
      <p class="losses-probability">
        {words.probability}: <Formula latex={probabilityFormula(here, classes)} />{' '}
        <Value of={here.probability[0]} kind="value" name="probability" />
      </p>
      <Table
        caption={words.softmaxTable(shownNumber(here.z[0]))}
        isTitled
        heads={[
          words.loss,
          words.valueHead,
          ...here.crossEntropy.gradients[0].map((_, at) => words.byLogit(at)),
          words.valueWith,
          words.slopeWith,
        ]}
        formulas={2}
      >
        {rows.map(({ key, name, loss, value, slope }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>
              <Value of={loss.values[0]} kind="value" name={key} />
            </td>
            {gradientsOf(loss).map((gradient, at) => (
              <td key={at}>
                <Value of={gradient} kind="gradient" name={`${key}-by-${at}`} />
              </td>
            ))}
            <td>
              <Formula latex={value} />
            </td>
            <td>
              <Formula latex={slope} />
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

const gradientsOf = ({ gradients }: LossOfLogit): readonly number[] => gradients[0];

function probabilityFormula({ z }: OnSoftmax, classes: number): string {
  const power = `e^{${latexNumber(z[0])}}`;
  return `p = \\frac{${power}}{${power} + ${classes - 1}} =`;
}

function entropyFormulas({ probability: [p] }: OnSoftmax): { value: string; slope: string } {
  return { value: `-\\ln p = -\\ln ${bracketed(p)}`, slope: `p - 1 = ${latexNumber(p)} - 1` };
}

/** The other classes share 1 - p evenly, so that the squares sum up to c·(1 - p)², with c = 2 of two classes, 3/2 of three. */
function squareFormulas({ probability: [p] }: OnSoftmax, classes: number): { value: string; slope: string } {
  const [share, twice] = classes === 2 ? ['2', '4'] : ['\\tfrac32', '3'];
  const [own, rest] = [bracketed(p), `(1 - ${latexNumber(p)})^2`];
  return {
    value: `\\textstyle\\sum_c (p_c - y_c)^2 = ${share}\\,(1 - p)^2 = ${share} \\cdot ${rest}`,
    slope: `-${twice}\\,p\\,(1 - p)^2 = -${twice} \\cdot ${own} \\cdot ${rest}`,
  };
}

/** Powers of ten need brackets beside a sign of multiplication or a logarithm. */
function bracketed(value: number): string {
  const text = latexNumber(value);
  return text.includes('cdot') ? `(${text})` : text;
}
