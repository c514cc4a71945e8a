import { defineComponent } from 'vue';
import { formatNumber } from '../../chapters/format.ts';
import { rowsOf } from '../../chapters/gridNumbers.ts';
import type { Grid, Grids, Knob, Numbers } from '../../chapters/model.ts';
import { useLanguage } from '../language.ts';

/** Grids of numbers beside each other: the larger a number, the deeper its colour. Knobs are set in their cells. */
export const GridsPicture = defineComponent(
  (props: {
    readonly picture: Grids;
    readonly numbers: Numbers;
    readonly knobs: Readonly<Record<string, Knob>>;
    readonly onTurn: (name: string, value: number) => void;
  }) => {
    const { say } = useLanguage();
    const turn = (name: string, event: Event): void => {
      const value = (event.target as HTMLInputElement).valueAsNumber;
      const { from, to } = props.knobs[name];
      if (Number.isFinite(value)) props.onTurn(name, Math.min(to, Math.max(from, value)));
    };
    const cellOf = (grid: Grid, value: number, row: number, column: number, isFramed: boolean, most: number) => {
      const share = Number.isFinite(value) && most > 0 ? Math.round((45 * Math.abs(value)) / most) : 0;
      const name = typeof grid.rows === 'function' ? undefined : grid.rows[row][column];
      const look = { class: ['cell', { framed: isFramed }], style: { '--share': `${share}%` } };
      if (name === undefined) return <span {...look}>{shortNumber(value)}</span>;
      const { label, from, to, step } = props.knobs[name];
      return (
        <input
          {...look}
          type="number"
          min={from}
          max={to}
          step={step}
          value={value}
          aria-label={say(label)}
          onChange={(event: Event) => turn(name, event)}
        />
      );
    };
    return () => (
      <figure class="grids">
        <figcaption>{say(props.picture.title)}</figcaption>
        <div class="grid-row">
          {props.picture.grids.map((grid) => {
            const rows = rowsOf(grid, props.numbers);
            const most = Math.max(0, ...rows.flat().map(Math.abs).filter(Number.isFinite));
            const framed = new Set(grid.framed?.(props.numbers).map(String));
            const isComputed = typeof grid.rows === 'function';
            const spoken = rows.map((row) => row.map(formatNumber).join(', ')).join('; ');
            return (
              <div class={['grid', grid.tone]} key={say(grid.label)}>
                <span class="grid-label">{say(grid.label)}</span>
                <div
                  class="cells"
                  style={{ '--columns': rows[0]?.length ?? 0 }}
                  {...(isComputed
                    ? { role: 'img', 'aria-label': `${say(grid.label)}: ${spoken}` }
                    : { role: 'group', 'aria-label': say(grid.label) })}
                >
                  {rows.flatMap((row, r) =>
                    row.map((value, c) => cellOf(grid, value, r, c, framed.has(String([r, c])), most)),
                  )}
                </div>
              </div>
            );
          })}
        </div>
      </figure>
    );
  },
  { props: ['picture', 'numbers', 'knobs', 'onTurn'] },
);

/** Two digits after the point: a cell is narrow, and what counts is what stands beside what. */
const shortNumber = (value: number): string =>
  formatNumber(Number.isFinite(value) ? Math.round(100 * value) / 100 : value);
