import '../../parts/cells.css';
import './grid.css';
import type { JSX } from 'preact';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { NumberGridProps } from './gridProps.ts';
import { NumberCell } from './NumberCell.tsx';
import { layerWords } from './words.ts';

/** Numbers in a grid: the pointer, the finger or the arrow keys choose one, and where they may be changed they are typed. */
export function NumberGrid(props: NumberGridProps): JSX.Element {
  const words = useWords(layerWords);
  const { sign, grid, factors, at, framed, name, onPoint } = props;
  const { rows, columns, numbers } = grid;
  return (
    <figure class="layers-grid" onPointerLeave={() => onPoint?.(undefined)}>
      <figcaption>{sign}</figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: rows of cells by style sheet, as high as they are wide */}
      <div role="grid" aria-label={sign} data-name={name} style={{ '--columns': columns }}>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/a11y/useSemanticElements: a row of a grid that is no table
          // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
          <div role="row" key={row} class="cells">
            {numbers.slice(row * columns, (row + 1) * columns).map((number, column) => {
              const index = row * columns + column;
              const factor = factors?.[index];
              return (
                <NumberCell
                  key={column}
                  {...props}
                  row={row}
                  column={column}
                  index={index}
                  number={number}
                  label={words.element(sign, row, column)}
                  factor={factor === undefined ? undefined : shownNumber(factor, 2)}
                  isAt={index === at}
                  isFramed={framed?.(row, column) ?? false}
                  isTabStop={index === (at ?? 0)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </figure>
  );
}
