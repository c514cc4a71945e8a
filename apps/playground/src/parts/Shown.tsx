import type { JSX } from 'preact';
import { Swatch } from './Swatch.tsx';
import type { Stroke } from './stroke.ts';
import { Tick } from './Tick.tsx';
import { toggled } from './toggled.ts';

interface ShownProps<Name extends string> {
  /** What is chosen here, for those who listen. */
  readonly label: string;
  /** All lines, in the order of the legend. */
  readonly names: readonly Name[];
  readonly nameOf: (name: Name) => string;
  readonly strokes: Readonly<Record<Name, Stroke>>;
  readonly shown: readonly Name[];
  readonly onChange: (shown: readonly Name[]) => void;
}

/** A legend whose lines are each to be shown or not. */
export function Shown<Name extends string>(props: ShownProps<Name>): JSX.Element {
  const { label, names, nameOf, strokes, shown, onChange } = props;
  return (
    <fieldset class="shown">
      <legend class="unseen">{label}</legend>
      <div>
        {names.map((name) => (
          <Tick key={name} is={shown.includes(name)} onChange={(is) => onChange(toggled(names, shown, name, is))}>
            <Swatch {...strokes[name]} />
            {nameOf(name)}
          </Tick>
        ))}
      </div>
    </fieldset>
  );
}
