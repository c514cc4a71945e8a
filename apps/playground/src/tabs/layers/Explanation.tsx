import type { JSX } from 'preact';
import { Formula } from '../../parts/Formula.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useWords } from '../../words/words.ts';
import type { Shown } from './compute/shown.ts';
import { remarkOn } from './remarks.ts';
import type { Look } from './walk.ts';
import { layerWords } from './words.ts';
import { writtenOut } from './written.ts';

/** The number looked at, as the sum that it is, and what is worth saying of it. */
export function Explanation({ shown, look }: { readonly shown: Shown; readonly look: Look }): JSX.Element {
  const words = useWords(layerWords);
  const remark = remarkOn(shown, look);
  return (
    <Panel title={look.grid === 'output' ? words.forward : words.backward}>
      <Formula latex={writtenOut(shown, look)} isDisplayed />
      {remark && <p>{words.remarks[remark]}</p>}
      <p class="quiet">{words.lossNote}</p>
    </Panel>
  );
}
