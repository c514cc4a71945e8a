import { defineComponent } from 'vue';
import { formatNumber } from '../chapters/format.ts';
import { chapterHere, numberNamed } from './chapterState.ts';

/** A number in a text or a formula that the library computes from the reader's: `<LiveNumber of="softmax.p1" />`. */
export const LiveNumber = defineComponent(
  (props: { readonly of: string }) => {
    const number = numberNamed(chapterHere(), props.of);
    return () => (
      <data class="live-number" data-name={props.of} value={number.value}>
        {formatNumber(number.value)}
      </data>
    );
  },
  { props: ['of'] },
);
