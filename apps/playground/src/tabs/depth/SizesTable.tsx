import type { JSX } from 'preact';
import { Fold } from '../../parts/Fold.tsx';
import { Table } from '../../parts/Table.tsx';
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
    <Fold title={table}>
      <Table caption={words.sizes} heads={[words.layerAxis, words.activations, words.gradients, words.weights]}>
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
              {layer > 0 && <Value of={sizes.weights[layer - 1]} kind="gradient" digits={3} name={`weight-${layer}`} />}
            </td>
          </tr>
        ))}
      </Table>
    </Fold>
  );
}
