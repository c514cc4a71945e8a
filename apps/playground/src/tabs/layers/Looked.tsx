import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Value } from '../../parts/Value.tsx';
import type { View } from './compute/view.ts';
import { reach, type SetName } from './fields.ts';
import type { Look } from './walk.ts';
import { operandIn, signOf, slopeSign } from './written.ts';

interface LookedProps {
  readonly view: View;
  readonly look: Look;
  readonly onEdit: (name: SetName, at: number, number: number) => void;
}

/** How large the number looked at is, what L is, and a slider for what it depends on. */
export function Looked({ view, look: { grid, at }, onEdit }: LookedProps): JSX.Element {
  const sign = signOf(view, { grid, at });
  const [number, name, value] =
    grid === 'output'
      ? ([view.output.numbers[at], 'cotangent', view.cotangent.numbers[at]] as const)
      : ([operandIn(view, grid).gradient[at], grid, operandIn(view, grid).numbers[at]] as const);
  return (
    <div class="layers-looked">
      <p class="layers-number">
        <Formula latex={grid === 'output' ? sign : slopeSign(view, { grid, at })} /> ={' '}
        <Value of={number} kind={grid === 'output' ? 'value' : 'gradient'} name="looked" />
      </p>
      <p>
        <Formula latex="L" /> = <Value of={view.loss} kind="value" name="loss" />
      </p>
      <NumberField
        label={<Formula latex={grid === 'output' ? sign.replace('y', 'g') : sign} />}
        value={value}
        {...reach}
        step={0.5}
        onChange={(to) => onEdit(name, at, to)}
      />
    </div>
  );
}
