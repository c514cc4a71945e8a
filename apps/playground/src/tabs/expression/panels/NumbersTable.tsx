import type { NumbersDescription } from '@tapegrad/explain';
import type { JSX } from 'preact';
import { Matrix } from '../../../parts/Matrix.tsx';
import { shownNumber } from '../../../parts/shownNumber.ts';
import { Value } from '../../../parts/Value.tsx';
import { useWords } from '../../../words/words.ts';
import { words } from '../words.ts';

interface NumbersTableProps {
  readonly caption: string;
  readonly numbers: NumbersDescription;
  readonly kind: 'value' | 'gradient';
  readonly name?: string;
}

/** More numbers than these are told, not shown. */
const most = 60;

/** The numbers of a tensor: one by itself, a list as a row, and all else as rows of the last axis. */
export function NumbersTable({ caption, numbers: described, kind, name }: NumbersTableProps): JSX.Element {
  const said = useWords(words);
  const { shape, size, numbers, smallest, largest } = described;
  if (shape.length === 0) return <Value of={numbers[0]} kind={kind} digits={6} name={name} />;
  if (size > most || size === 0 || smallest === null || largest === null) {
    const range = smallest !== null && largest !== null ? `: ${shownNumber(smallest)} … ${shownNumber(largest)}` : '';
    return (
      <p>
        {said.many(size)}
        {range}
      </p>
    );
  }
  const width = shape[shape.length - 1];
  const rows = Array.from({ length: size / width }, (_, row) => numbers.slice(row * width, (row + 1) * width));
  return (
    <Matrix
      caption={caption}
      rows={rows}
      rowNames={rows.map((_, row) => indexOf(row, shape.slice(0, -1)))}
      columnNames={Array.from({ length: width }, (_, column) => String(column))}
      kind={kind}
      name={name}
    />
  );
}

/** The index of a row along the axes before the last: `1`, `0, 2`; nothing where there is one row alone. */
function indexOf(row: number, axes: readonly number[]): string {
  const index: number[] = [];
  let rest = row;
  for (const length of axes.toReversed()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return index.join(', ');
}
