import type { ComponentChildren, JSX } from 'preact';
import { Scrolling } from './Scrolling.tsx';

interface TableProps {
  /** What the table shows, for those who listen. */
  readonly caption: string;
  /** Whether the caption stands over it as well, where no other title does. Default: false. */
  readonly isTitled?: boolean;
  /** The heads of the columns; an empty one over the heads of the rows. */
  readonly heads: readonly (string | JSX.Element)[];
  /** How many of the last columns hold formulas, which begin at the left. Default: 0. */
  readonly formulas?: 0 | 1 | 2;
  readonly class?: string;
  /** The rows. */
  readonly children: ComponentChildren;
}

/** Numbers under heads, each row under a head of its own. */
export function Table(props: TableProps): JSX.Element {
  const { caption, isTitled = false, heads, formulas = 0, class: name = '', children } = props;
  return (
    <Scrolling label={caption}>
      <table class={`table formulas-${formulas} ${name}`}>
        {isTitled && <caption>{caption}</caption>}
        <thead>
          <tr>
            {heads.map((head, at) =>
              head === '' ? (
                <td key={at} />
              ) : (
                <th key={at} scope="col">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scrolling>
  );
}
