import type { JSX } from 'preact';
import type { View } from './compute/view.ts';
import type { SetName } from './fields.ts';
import { NumberGrid } from './NumberGrid.tsx';
import { letterOf } from './signs.ts';
import type { Look } from './walk.ts';

interface StageProps {
  readonly view: View;
  /** What the pictures show: what is pointed at, or else what was chosen. */
  readonly look: Look;
  readonly onPoint: (look: Look | undefined) => void;
  readonly onLook: (look: Look) => void;
  readonly onEdit: (name: SetName, at: number, number: number) => void;
}

/** Forward above, back below: each operand over its gradient, and the output over what arrives there. */
export function Stage({ view, look, onPoint, onLook, onEdit }: StageProps): JSX.Element {
  const { operands, output, cotangent, form } = view;
  const to = (grid: Look['grid']) => ({
    at: look.grid === grid ? look.at : undefined,
    onPoint: (at: number | undefined) => onPoint(at === undefined ? undefined : { grid, at }),
    onLook: (at: number) => onLook({ grid, at }),
  });
  const looked = operands.find(({ name }) => name === look.grid);
  // Looking at an operand, the outputs that read it; looking at an output, what it reads.
  const backward = looked?.jacobian.map((row, k) => (looked.isLinked[k][look.at] ? row[look.at] : undefined));
  return (
    <div class={`layers-stage ${form.layer}`} style={{ '--total': columnsAcross(view) }}>
      {operands.map(({ name, gradient, jacobian, isLinked, ...grid }) => {
        const letter = letterOf(form.layer, name);
        const forward =
          look.grid === 'output'
            ? jacobian[look.at].map((factor, at) => (isLinked[look.at][at] ? factor : undefined))
            : undefined;
        return (
          <div key={name} class={`layers-pair ${name}`}>
            <NumberGrid
              {...to(name)}
              sign={letter}
              kind="value"
              grid={grid}
              factors={forward}
              name={name}
              onEdit={(at, number) => onEdit(name, at, number)}
            />
            <NumberGrid
              {...to(name)}
              sign={`∂L/∂${letter}`}
              kind="gradient"
              grid={{ ...grid, numbers: gradient }}
              name={`${name}-gradient`}
            />
          </div>
        );
      })}
      <p class="layers-ways" aria-hidden="true">
        <span class="forward">→</span>
        <span class="backward">←</span>
      </p>
      <div class="layers-pair output">
        <NumberGrid {...to('output')} sign="y" kind="value" grid={output} name="y" />
        <NumberGrid
          {...to('output')}
          sign="g = ∂L/∂y"
          kind="gradient"
          grid={cotangent}
          factors={backward}
          name="g"
          onEdit={(at, number) => onEdit('cotangent', at, number)}
        />
      </div>
    </div>
  );
}

/** How many numbers stand side by side on a phone, where the bias is below the weights, and an activation below its input. */
function columnsAcross({ form, operands: [x, ...others], output }: View): number {
  if (form.layer === 'activation') return x.columns;
  return x.columns + Math.max(0, ...others.map(({ columns }) => columns)) + output.columns;
}
