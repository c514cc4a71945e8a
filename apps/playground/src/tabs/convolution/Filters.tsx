import type { JSX } from 'preact';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { View } from './compute/view.ts';
import { kernelsOf } from './kernels.ts';
import { convolutionWords } from './words.ts';

/** The kernels between the two sides, those that the number looked at is linked by, and the bias of an output. */
export function Filters({ view }: { readonly view: View }): JSX.Element {
  const words = useWords(convolutionWords);
  const { picture, look } = view;
  const { kernel } = picture.form;
  return (
    <div class="convolution-filters">
      {kernelsOf(view).map(({ from, to, numbers }) => (
        <table key={`${from}-${to}`}>
          <caption>{words.filter(from, to)}</caption>
          <tbody>
            {Array.from({ length: kernel }, (_, row) => (
              <tr key={row}>
                {numbers.slice(row * kernel, (row + 1) * kernel).map((number, column) => (
                  <td key={column}>
                    <Value of={number} name={`weight-${from}-${to}-${row}-${column}`} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {look.side === 'output' && (
        <p>
          {words.bias} <Value of={picture.bias[look.at[0]]} name="bias" />
        </p>
      )}
    </div>
  );
}
