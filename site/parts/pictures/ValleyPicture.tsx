import { defineComponent } from 'vue';
import type { Numbers, Valley } from '../../chapters/model.ts';
import { useLanguage } from '../language.ts';

const size = 300;

/** Ways down a bowl, seen from above: its lines of equal height are ellipses. */
export const ValleyPicture = defineComponent(
  (props: { readonly picture: Valley; readonly numbers: Numbers }) => {
    const { say } = useLanguage();
    return () => {
      const { title, curvatures, range, paths } = props.picture;
      const [a, b] = curvatures(props.numbers);
      const [from, to] = range;
      const scale = size / (to - from);
      const clamped = (value: number): number => Math.min(2 * to, Math.max(2 * from, value));
      const at = ([x, y]: readonly [number, number]): string =>
        `${((clamped(x) - from) * scale).toFixed(1)} ${((to - clamped(y)) * scale).toFixed(1)}`;
      const heights = [0.02, 0.08, 0.2, 0.4, 0.7, 1.1].map((share) => share * Math.max(a, b) * to * to);
      const ways = paths.map(({ label, tone, points }) => ({ label: say(label), tone, points: points(props.numbers) }));
      return (
        <figure class="valley">
          <figcaption>{say(title)}</figcaption>
          <svg
            viewBox={`0 0 ${size} ${size}`}
            role="img"
            aria-label={`${say(title)}: ${ways.map(({ label }) => label).join(', ')}`}
          >
            {heights.map((height) => (
              <ellipse
                key={height}
                class="height"
                cx={-from * scale}
                cy={to * scale}
                rx={Math.sqrt((2 * height) / a) * scale}
                ry={Math.sqrt((2 * height) / b) * scale}
              />
            ))}
            {ways.map(({ label, tone, points }) => (
              <g key={label} class={tone}>
                <path class={['line', tone]} d={`M${points.map(at).join('L')}`} />
                {points.map((point, i) => {
                  const [cx, cy] = at(point).split(' ');
                  return <circle key={i} class={['dot', tone]} cx={cx} cy={cy} r="2.5" />;
                })}
              </g>
            ))}
          </svg>
          <ul class="legend">
            {ways.map(({ label, tone }) => (
              <li key={label} class={tone}>
                {label}
              </li>
            ))}
          </ul>
        </figure>
      );
    };
  },
  { props: ['picture', 'numbers'] },
);
