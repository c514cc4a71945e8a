import type { JSX } from 'preact';
import { Panel } from '../../parts/Panel.tsx';
import { useWords } from '../../words/words.ts';
import type { Flip } from './compute/flip.ts';
import type { View } from './compute/view.ts';
import { NumberGrid } from './NumberGrid.tsx';
import type { Look } from './walk.ts';
import { layerWords } from './words.ts';

interface FlipPanelProps {
  readonly view: View;
  readonly flip: Flip;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

/** The gradient of the input once more: the turned kernel, slid over g. */
export function FlipPanel({ view, flip, look, onLook }: FlipPanelProps): JSX.Element {
  const words = useWords(layerWords);
  const { turned, spread, slid } = flip;
  const at = look.grid === 'x' ? look.at : 0;
  const [top, left] = [Math.floor(at / slid.columns), at % slid.columns];
  const isUnder = (row: number, column: number): boolean =>
    row >= top && row < top + turned.rows && column >= left && column < left + turned.columns;
  return (
    <Panel title={words.flip}>
      <p class="quiet">{words.flipAbout}</p>
      <div class="layers-flip">
        <NumberGrid sign="w" kind="factor" grid={view.operands[1]} name="flip-w" />
        <NumberGrid sign={words.turnedKernel} kind="factor" grid={turned} name="flip-turned" />
        <NumberGrid sign={words.spreadOut} kind="gradient" grid={spread} name="flip-g" framed={isUnder} />
        <NumberGrid
          sign={words.slid}
          kind="gradient"
          grid={slid}
          name="flip-x"
          at={at}
          onLook={(index) => onLook({ grid: 'x', at: index })}
        />
      </div>
    </Panel>
  );
}
