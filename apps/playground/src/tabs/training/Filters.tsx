import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Matrix } from '../../parts/Matrix.tsx';
import { useWords } from '../../words/words.ts';
import { Picture } from './Picture.tsx';
import { scaleOf } from './palette.ts';
import type { View } from './protocol.ts';
import { ScaleBar } from './ScaleBar.tsx';
import { trainingWords } from './words.ts';

interface FiltersProps {
  readonly view: View;
  readonly chosen: number;
  readonly onChoose: (filter: number) => void;
}

/** The filters of the first convolution as small pictures, and one of them number by number. */
export function Filters({ view, chosen, onChoose }: FiltersProps): JSX.Element {
  const words = useWords(trainingWords);
  const { filters, filterGradients } = view;
  const [count, , height, width] = filters.shape;
  const area = height * width;
  const scale = useMemo(() => scaleOf(filters.numbers), [filters]);
  const shown = Math.min(chosen, count - 1);
  const of = (numbers: Float32Array, filter: number): Float32Array =>
    numbers.subarray(filter * area, (filter + 1) * area);
  const rowsOf = (numbers: Float32Array): number[][] =>
    Array.from({ length: height }, (_, row) => [...of(numbers, shown).subarray(row * width, (row + 1) * width)]);
  const names = Array.from({ length: width }, (_, index) => String(index + 1));
  return (
    <>
      <p class="quiet">{words.filtersHint}</p>
      <div class="training-filters">
        {Array.from({ length: count }, (_, filter) => (
          <button
            key={filter}
            type="button"
            aria-pressed={filter === shown}
            aria-label={words.filterName(filter + 1)}
            onClick={() => onChoose(filter)}
          >
            <Picture numbers={of(filters.numbers, filter)} width={width} height={height} scale={scale} />
          </button>
        ))}
      </div>
      <ScaleBar scale={scale} label={words.filterScale} />
      <h3>{words.weightsOf(shown + 1)}</h3>
      <Matrix
        caption={words.weightsOf(shown + 1)}
        rows={rowsOf(filters.numbers)}
        rowNames={names}
        columnNames={names}
        digits={2}
        name="filter"
      />
      <h3>{words.gradientOf(shown + 1)}</h3>
      {filterGradients ? (
        <Matrix
          caption={words.gradientOf(shown + 1)}
          rows={rowsOf(filterGradients.numbers)}
          rowNames={names}
          columnNames={names}
          kind="gradient"
          digits={2}
          name="filter-gradient"
        />
      ) : (
        <p class="quiet">{words.noGradientYet}</p>
      )}
    </>
  );
}
