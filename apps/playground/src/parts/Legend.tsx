import type { JSX } from 'preact';
import { Swatch } from './Swatch.tsx';
import type { Stroke } from './stroke.ts';

/** A line of a chart by its name, and a number of it, where one is worth reading. */
export interface NamedLine extends Stroke {
  readonly key: string;
  readonly name: string;
  readonly number?: JSX.Element | string | undefined;
}

/** Which line of a chart is which. */
export function Legend({ lines }: { readonly lines: readonly NamedLine[] }): JSX.Element {
  return (
    <ul class="legend">
      {lines.map(({ key, name, number, ...stroke }) => (
        <li key={key}>
          <Swatch {...stroke} /> {name} {number}
        </li>
      ))}
    </ul>
  );
}
