import { defineComponent } from 'vue';
import { formatNumber } from '../../chapters/format.ts';
import type { Bars, Numbers } from '../../chapters/model.ts';
import { useLanguage } from '../language.ts';

/** Bars from 0 to the left or right, each with its number. A bar too long for the axis ends at its end, in an arrow. */
export const BarsPicture = defineComponent(
  (props: { readonly picture: Bars; readonly numbers: Numbers }) => {
    const { say } = useLanguage();
    return () => {
      const { title, range, bars } = props.picture;
      const [from, to] = range;
      const percent = (x: number): number => (100 * (Math.min(to, Math.max(from, x)) - from)) / (to - from);
      const zero = percent(0);
      return (
        <figure class="bars">
          <figcaption>{say(title)}</figcaption>
          {bars.map(({ label, of, tone }) => {
            const number = props.numbers[of];
            const end = percent(Number.isNaN(number) ? 0 : number);
            return (
              <div key={of} class={['bar', tone]}>
                <span class="bar-label">{say(label)}</span>
                <span class="bar-track">
                  <span class="bar-zero" style={{ left: `${zero}%` }} />
                  <span
                    class={['bar-fill', { over: number > to, under: number < from }]}
                    style={{ left: `${Math.min(zero, end)}%`, width: `${Math.abs(end - zero)}%` }}
                  />
                </span>
                <span class="bar-number">{formatNumber(number)}</span>
              </div>
            );
          })}
        </figure>
      );
    };
  },
  { props: ['picture', 'numbers'] },
);
