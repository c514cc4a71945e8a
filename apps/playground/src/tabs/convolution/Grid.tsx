import '../../parts/cells.css';
import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { moveInGrid } from '../../parts/gridKeys.ts';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';

/** How a cell is linked to the number looked at. */
export interface Links {
  readonly weights: readonly number[];
  readonly isLinked: readonly boolean[];
}

interface GridProps {
  readonly label: string;
  readonly height: number;
  readonly width: number;
  /** Row by row. */
  readonly numbers: readonly number[];
  readonly kind: 'value' | 'gradient';
  /** The forward values of the same cells, shown small beside the gradients. */
  readonly values: readonly number[] | undefined;
  /** How many cells of padding stand around. */
  readonly ring: number;
  /** For every cell, padding included; none where this side is looked at itself. */
  readonly links: Links | undefined;
  /** The cell looked at, if it is here. */
  readonly at: readonly [row: number, column: number] | undefined;
  readonly looksOnHover: boolean;
  /** How many digits a broken number shows. */
  readonly digits: number;
  readonly onLook: (row: number, column: number) => void;
  readonly linkedAs: (weight: string) => string;
  /** What tests find the cells by. */
  readonly name: string;
  readonly children?: ComponentChildren;
}

/** One channel as a grid of numbers: the pointer, the finger or the arrow keys choose a cell. */
export function Grid(props: GridProps): JSX.Element {
  const { label, height, width, ring, at, children, name } = props;
  const rows = Array.from({ length: height + 2 * ring }, (_, row) => row - ring);
  return (
    <figure class="convolution-channel">
      <figcaption>{label}</figcaption>
      <Scrolling class="convolution-frame">
        <div class="convolution-board" style={{ '--columns': width + 2 * ring }}>
          {/* biome-ignore lint/a11y/useSemanticElements: rows of cells by style sheet, as high as they are wide */}
          <div role="grid" aria-label={label} data-name={name}>
            {rows.map((row) => (
              <GridRow
                key={row}
                {...props}
                row={row}
                tabColumn={at === undefined ? (row === 0 ? 0 : -1) : row === at[0] ? at[1] : -1}
              />
            ))}
          </div>
          {children}
        </div>
      </Scrolling>
    </figure>
  );
}

interface RowProps extends GridProps {
  readonly row: number;
  /** The column of the cell that the tab key comes to; -1 where there is none. */
  readonly tabColumn: number;
}

function GridRow(props: RowProps): JSX.Element {
  const { row, height, width, ring, numbers, values, links, at, kind, tabColumn, looksOnHover } = props;
  const isRing = row < 0 || row >= height;
  const start = (row + ring) * (width + 2 * ring);
  const own = isRing ? [] : numbers.slice(row * width, (row + 1) * width);
  const beside = isRing ? undefined : values?.slice(row * width, (row + 1) * width);
  const linked = links?.isLinked.slice(start, start + width + 2 * ring) ?? [];
  const weights = links?.weights.slice(start, start + width + 2 * ring) ?? [];
  const here = at && at[0] === row ? at[1] : -1;
  // Most rows stay as they are while the pointer moves.
  const key = JSON.stringify([
    row,
    height,
    width,
    ring,
    own,
    beside,
    linked,
    weights,
    here,
    kind,
    tabColumn,
    looksOnHover,
  ]);
  return useMemo(
    () => (
      <div role={isRing ? undefined : 'row'} aria-hidden={isRing ? 'true' : undefined} class="cells">
        {Array.from({ length: width + 2 * ring }, (_, index) => {
          const column = index - ring;
          const weight = linked[index] ? shownNumber(weights[index], 2) : undefined;
          if (isRing || column < 0 || column >= width) {
            return <span key={index} aria-hidden="true" class={`cell ring ${weight === undefined ? '' : 'linked'}`} />;
          }
          return (
            <Cell
              key={index}
              {...props}
              column={column}
              number={own[column]}
              value={beside?.[column]}
              weight={weight}
            />
          );
        })}
      </div>
    ),
    [key, props.onLook],
  );
}

interface CellProps extends RowProps {
  readonly column: number;
  readonly number: number;
  readonly value: number | undefined;
  readonly weight: string | undefined;
}

function Cell(props: CellProps): JSX.Element {
  const { row, column, number, value, weight, kind, at, tabColumn, looksOnHover, digits, onLook, linkedAs, name } =
    props;
  const isAt = at !== undefined && at[0] === row && at[1] === column;
  const look = (): void => onLook(row, column);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is no table
    <div
      role="gridcell"
      class={`cell ${kind} ${isAt ? 'at' : ''} ${weight === undefined ? '' : 'linked'}`}
      tabIndex={column === tabColumn ? 0 : -1}
      aria-selected={isAt}
      data-cell={`${row}-${column}`}
      onPointerEnter={({ pointerType }) => looksOnHover && pointerType === 'mouse' && look()}
      onFocus={look}
      onClick={look}
      onKeyDown={(event) => moveInGrid(event, row, column)}
    >
      <data value={String(number)} data-name={`${name}-${row}-${column}`} title={String(number)}>
        {shownNumber(number, Number.isInteger(number) ? 4 : Math.abs(number) < 1 ? 2 : digits)}
      </data>
      {value !== undefined && (
        <data class="beside" value={String(value)} data-name={`beside-${name}-${row}-${column}`}>
          {shownNumber(value, 2)}
        </data>
      )}
      {weight !== undefined && (
        <span class="factor">
          <span class="unseen">{linkedAs(weight)}</span>
          <span aria-hidden="true">×{weight}</span>
        </span>
      )}
    </div>
  );
}
