import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Picture } from './compute/picture.ts';
import { convolutionWords } from './words.ts';
import { latexOf } from './written.ts';

/** How large the output is, and what the layer costs: formula, numbers put in, result. */
export function Counts({ picture }: { readonly picture: Picture }): JSX.Element {
  const words = useWords(convolutionWords);
  const { counts, explanations, output, form } = picture;
  const rows = [
    { label: words.parameters, quantity: 'parameters', value: counts.parameters, name: 'parameters' },
    {
      label: words.multiplyAccumulates,
      quantity: 'multiply-accumulates (MACs)',
      value: counts.multiplyAccumulates,
      name: 'multiplyAccumulates',
    },
    { label: words.flops, quantity: 'FLOPs', value: counts.flops, name: 'flops' },
  ];
  return (
    <>
      <Panel title={words.sizes}>
        <p class="convolution-size">
          <Value of={output.channels} name="outChannels" /> × <Value of={output.height} name="outHeight" /> ×{' '}
          <Value of={output.width} name="outWidth" />
        </p>
        <Worked picture={picture} quantity="height" />
        <p class="quiet">{words.square}</p>
      </Panel>
      <Panel title={words.cost}>
        {rows.map(({ label, quantity, value, name }) => (
          <div key={name} class="convolution-cost">
            <p>
              {label} <Value of={value} digits={9} name={name} />
            </p>
            {explanations.some((each) => each.quantity === quantity) && (
              <Worked picture={picture} quantity={quantity} />
            )}
          </div>
        ))}
        {form.operation === 'deformable' && <p class="quiet">{words.deformableCost}</p>}
      </Panel>
    </>
  );
}

function Worked({ picture, quantity }: { readonly picture: Picture; readonly quantity: string }): JSX.Element | null {
  const found = picture.explanations.find((each) => each.quantity === quantity);
  if (!found) return null;
  const lines = [found.formula, ...found.steps].map((line) => `&${latexOf(line)}`);
  return <Formula latex={`\\begin{aligned} ${lines.join(' \\\\ ')} \\end{aligned}`} isDisplayed />;
}
