import { defineComponent } from 'vue';
import { formatNumber } from '../../chapters/format.ts';
import type { Numbers, Table } from '../../chapters/model.ts';
import { useLanguage } from '../language.ts';

/** A table of numbers; what is not yet computed is a point. */
export const TablePicture = defineComponent(
  (props: { readonly picture: Table; readonly numbers: Numbers }) => {
    const { say } = useLanguage();
    return () => (
      <figure class="steps">
        <figcaption>{say(props.picture.title)}</figcaption>
        <table>
          <thead>
            <tr>
              {props.picture.columns.map((column) => (
                <th key={say(column)} scope="col">
                  {say(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.picture.rows(props.numbers).map(({ label, cells }, row) => (
              <tr key={row}>
                <th scope="row">{say(label)}</th>
                {cells.map((cell, column) => (
                  <td key={column}>{cell === undefined ? '·' : formatNumber(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </figure>
    );
  },
  { props: ['picture', 'numbers'] },
);
