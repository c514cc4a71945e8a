import type { JSX } from 'preact';
import { Table } from '../../parts/Table.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { GradientSize } from './look.ts';
import { trainingWords } from './words.ts';

/** The powers of ten between which a ratio has a bar. */
const powers = { from: -5, to: 1 };

/** The size of each gradient beside that of its weights, layer by layer. */
export function GradientSizes({ sizes }: { readonly sizes: readonly GradientSize[] | undefined }): JSX.Element {
  const words = useWords(trainingWords);
  if (!sizes) return <p class="quiet training-empty">{words.gradientsEmpty}</p>;
  return (
    <>
      <p class="quiet">{words.gradientsHint}</p>
      <Table
        caption={words.gradientsTitle}
        heads={[words.parameter, '‖∂loss/∂w‖', '‖w‖', words.ratio, '']}
        class="training-gradients"
      >
        {sizes.map(({ name, gradient, weight, ratio }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Value of={gradient} digits={3} kind="gradient" name={`gradient-${name}`} />
            </td>
            <td>
              <Value of={weight} digits={3} kind="value" name={`weight-${name}`} />
            </td>
            <td>
              <Value of={ratio} digits={2} name={`ratio-${name}`} />
            </td>
            <td class="training-bar-cell">
              <span class="training-bar gradient" style={{ width: `${shareOf(ratio)}%` }} />
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

/** How much of its full length a bar has, in percent. */
function shareOf(ratio: number): number {
  const share = (Math.log10(ratio) - powers.from) / (powers.to - powers.from);
  return 100 * Math.min(Math.max(share || 0, 0), 1);
}
