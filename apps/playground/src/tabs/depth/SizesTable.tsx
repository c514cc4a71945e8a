import type { JSX } from 'preact';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { Value } from '../../parts/Value.tsx';
import { shellWords } from '../../words/shell.ts';
import { useWords } from '../../words/words.ts';
import type { Sizes } from './net.ts';
import { depthWords } from './words.ts';

/** The same as numbers. */
export function SizesTable({ sizes }: { readonly sizes: Sizes }): JSX.Element {
  const words = useWords(depthWords);
  const { table } = useWords(shellWords);
  return (
    <details>
      <summary>{table}</summary>
      <Scrolling label={words.sizes}>
        <table class="depth-table">
          <thead>
            <tr>
              {[words.layerAxis, words.activations, words.gradients, words.weights].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sizes.activations.map((size, layer) => (
              <tr key={layer}>
                <th scope="row">{layer === 0 ? words.input : layer}</th>
                <td>
                  <Value of={size} kind="value" digits={3} name={`activation-${layer}`} />
                </td>
                <td>
                  <Value of={sizes.gradients[layer]} kind="gradient" digits={3} name={`gradient-${layer}`} />
                </td>
                <td>
                  {layer > 0 && (
                    <Value of={sizes.weights[layer - 1]} kind="gradient" digits={3} name={`weight-${layer}`} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </details>
  );
}
