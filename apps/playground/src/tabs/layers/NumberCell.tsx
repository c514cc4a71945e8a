import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { moveInGrid } from '../../parts/gridKeys.ts';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import { reach } from './fields.ts';
import type { NumberGridProps } from './gridProps.ts';
import { layerWords } from './words.ts';

interface NumberCellProps extends NumberGridProps {
  readonly row: number;
  readonly column: number;
  readonly index: number;
  readonly number: number;
  readonly label: string;
  readonly factor: string | undefined;
  readonly isAt: boolean;
  readonly isFramed: boolean;
  /** Whether the tab key comes to it; the arrow keys come to the others. */
  readonly isTabStop: boolean;
}

/** One number of a grid, and the factor of its link below it. */
export function NumberCell(props: NumberCellProps): JSX.Element {
  const words = useWords(layerWords);
  const { row, column, index, number, label, factor, isAt, isFramed, isTabStop, kind, name, onPoint, onLook, onEdit } =
    props;
  const tabIndex = onLook && isTabStop ? 0 : -1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is no table
    <div
      role="gridcell"
      class={`cell ${kind} ${isAt ? 'at' : ''} ${factor === undefined ? '' : 'linked'} ${isFramed ? 'framed' : ''}`}
      tabIndex={onEdit ? undefined : tabIndex}
      aria-selected={isAt}
      data-cell={`${row}-${column}`}
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && onPoint?.(index)}
      onFocus={() => !onEdit && onLook?.(index)}
      onClick={() => onLook?.(index)}
      onKeyDown={(event) => moveInGrid(event, row, column)}
    >
      {onEdit ? (
        <Typed
          label={label}
          value={number}
          tabIndex={tabIndex}
          name={`${name}-${index}`}
          onFocus={() => onLook?.(index)}
          onChange={(to) => onEdit(index, to)}
        />
      ) : (
        <data value={String(number)} data-name={`${name}-${index}`} title={String(number)}>
          {short(number)}
        </data>
      )}
      {factor !== undefined && (
        <span class="factor">
          <span class="unseen">{words.linked(factor)}</span>
          <span aria-hidden="true">×{factor}</span>
        </span>
      )}
    </div>
  );
}

interface TypedProps {
  readonly label: string;
  readonly value: number;
  readonly tabIndex: number;
  readonly name: string;
  readonly onFocus: () => void;
  readonly onChange: (value: number) => void;
}

/** A number to be typed. What does not read as a number of the range is marked, and changes nothing. */
function Typed({ label, value, tabIndex, name, onFocus, onChange }: TypedProps): JSX.Element {
  const [typed, setTyped] = useState(written(value));
  useEffect(() => setTyped((before) => (read(before) === value ? before : written(value))), [value]);
  return (
    <input
      type="text"
      inputMode="decimal"
      aria-label={label}
      tabIndex={tabIndex}
      data-name={name}
      value={typed}
      aria-invalid={read(typed) === undefined}
      onFocus={({ currentTarget }) => {
        currentTarget.select();
        onFocus();
      }}
      onInput={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const number = read(currentTarget.value);
        if (number !== undefined) onChange(number);
      }}
      onBlur={() => setTyped(written(value))}
    />
  );
}

/** With a true minus, as all other numbers here. */
const written = (value: number): string => String(value).replace('-', '−');

function read(text: string): number | undefined {
  const number = Number(text.replace('−', '-'));
  return text.trim() !== '' && number >= reach.from && number <= reach.to ? number : undefined;
}

/** As many digits as a cell has room for. */
function short(number: number): string {
  return shownNumber(number, Number.isInteger(number) ? 4 : Math.abs(number) < 1 ? 2 : 3);
}
