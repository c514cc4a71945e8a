import { defineComponent } from 'vue';
import { formatNumber } from '../../chapters/format.ts';
import type { Curves, Knob, Numbers } from '../../chapters/model.ts';
import { useLanguage } from '../language.ts';

const width = 360;
const height = 220;
const edge = { left: 34, right: 8, top: 8, bottom: 26 };

/** Functions of one number, drawn by the library's own values, and what they are where the reader stands. */
export const CurvesPicture = defineComponent(
  (props: { readonly picture: Curves; readonly numbers: Numbers; readonly knob: Knob }) => {
    const { say } = useLanguage();
    return () => {
      const { title, x, y, lines, parts = 120 } = props.picture;
      const { from, to } = props.knob;
      const across = (value: number): number =>
        edge.left + ((value - from) / (to - from)) * (width - edge.left - edge.right);
      const down = (value: number): number =>
        height - edge.bottom - ((value - y[0]) / (y[1] - y[0])) * (height - edge.top - edge.bottom);
      const xs = Array.from({ length: parts + 1 }, (_, i) => from + ((to - from) * i) / parts);
      const here = props.numbers[x.knob];
      const drawn = lines.map(({ label, tone, values }) => ({
        label: say(label),
        tone,
        path: pathOf(
          values(xs, props.numbers).map((value, i) => [across(xs[i]), value, down(value)] as const),
          y,
        ),
        here: values([here], props.numbers)[0],
      }));
      const spoken = drawn.map((line) => `${line.label} ${formatNumber(line.here)}`).join(', ');
      return (
        <figure class="curves">
          <figcaption>{say(title)}</figcaption>
          <svg
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={`${say(title)}. ${say(x.label)} = ${formatNumber(here)}: ${spoken}`}
          >
            <path class="axis" d={`M${edge.left} ${down(Math.max(0, y[0]))}H${width - edge.right}`} />
            {from < 0 && to > 0 ? <path class="axis" d={`M${across(0)} ${edge.top}V${height - edge.bottom}`} /> : null}
            {[y[0], y[1]].map((value) => (
              <text key={value} x={edge.left - 5} y={down(value) + (value === y[0] ? 0 : 9)} text-anchor="end">
                {formatNumber(value)}
              </text>
            ))}
            <text x={edge.left} y={height - 8}>
              {formatNumber(from)}
            </text>
            <text x={(edge.left + width) / 2} y={height - 8} text-anchor="middle">
              {say(x.label)}
            </text>
            <text x={width - edge.right} y={height - 8} text-anchor="end">
              {formatNumber(to)}
            </text>
            <path class="here" d={`M${across(here)} ${edge.top}V${height - edge.bottom}`} />
            {drawn.map(({ label, tone, path }) => (
              <path key={label} class={['line', tone]} d={path} />
            ))}
            {drawn.map(({ label, tone, here: value }) =>
              value >= y[0] && value <= y[1] ? (
                <circle key={label} class={['dot', tone]} cx={across(here)} cy={down(value)} r="4" />
              ) : null,
            )}
          </svg>
          <ul class="legend">
            {drawn.map(({ label, tone, here: value }) => (
              <li key={label} class={tone}>
                {label} <b>{formatNumber(value)}</b>
              </li>
            ))}
          </ul>
        </figure>
      );
    };
  },
  { props: ['picture', 'numbers', 'knob'] },
);

/** A line through points of x, value and y; it is lifted where the value leaves the picture or is no number. */
function pathOf(
  points: readonly (readonly [number, number, number])[],
  [least, most]: readonly [number, number],
): string {
  const slack = (most - least) / 20;
  let isDown = false;
  return points
    .map(([x, value, y]) => {
      const isInside = value >= least - slack && value <= most + slack;
      const command = isInside ? `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}` : '';
      isDown = isInside;
      return command;
    })
    .join('');
}
