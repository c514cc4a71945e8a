import { defineComponent } from 'vue';
import { formatNumber } from '../chapters/format.ts';
import type { Picture, Piece } from '../chapters/model.ts';
import { chapterHere, type LivePiece, startOf } from './chapterState.ts';
import { KnobRow } from './KnobRow.tsx';
import { useLanguage } from './language.ts';
import { BarsPicture } from './pictures/BarsPicture.tsx';
import { CurvesPicture } from './pictures/CurvesPicture.tsx';
import { GridsPicture } from './pictures/GridsPicture.tsx';
import { TablePicture } from './pictures/TablePicture.tsx';
import { ValleyPicture } from './pictures/ValleyPicture.tsx';
import { words } from './words.ts';

/** A live piece of the chapter, by its name: the reader's numbers, and beside them what follows from these. */
export const Live = defineComponent(
  (props: { readonly piece: string }) => {
    const { say } = useLanguage();
    const live = chapterHere().pieces[props.piece];
    if (live === undefined) throw new Error(`the chapter has no live piece ${props.piece}`);
    const { piece, knobs, results } = live;
    const rows = Object.entries(piece.knobs).filter(([name]) => !gridKnobsOf(piece).has(name));
    // All alike, so that sliders of one range can be compared.
    const isBelow = rows.some(([, { label }]) => say(label).length > 3);
    const isWide = piece.pictures.some(({ kind }) => kind === 'grids' || kind === 'table');
    const reset = (): void => void Object.assign(knobs, startOf(piece));
    return () => (
      <section class="live" data-piece={props.piece} aria-label={say(piece.title)}>
        <header>
          <p>
            <strong>{say(piece.title)}</strong> <small>{say(words.computed)}</small>
          </p>
          <button type="button" onClick={reset}>
            {say(words.reset)}
          </button>
        </header>
        <div class={['live-body', { wide: isWide }]}>
          <div class="knobs">
            {rows.map(([name, knob]) => (
              <KnobRow
                key={name}
                knob={knob}
                value={knobs[name]}
                isBelow={isBelow}
                onTurn={(value: number) => {
                  knobs[name] = value;
                }}
              />
            ))}
          </div>
          <div class="pictures">{piece.pictures.map((picture) => draw(picture, live))}</div>
        </div>
        {piece.results.length > 0 ? (
          <dl class="results" aria-live="polite">
            {piece.results.map(({ label, of, tone }) => (
              <div key={of} class={tone}>
                <dt>{say(label)}</dt>
                <dd data-name={`${props.piece}.${of}`}>{formatNumber(results.value[of] ?? knobs[of])}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </section>
    );
  },
  { props: ['piece'] },
);

function draw(picture: Picture, { piece, knobs, results }: LivePiece) {
  switch (picture.kind) {
    case 'bars':
      return <BarsPicture picture={picture} numbers={{ ...knobs, ...results.value }} />;
    case 'curves':
      return <CurvesPicture picture={picture} numbers={{ ...knobs }} knob={piece.knobs[picture.x.knob]} />;
    case 'valley':
      return <ValleyPicture picture={picture} numbers={{ ...knobs }} />;
    case 'grids':
      return (
        <GridsPicture
          picture={picture}
          numbers={{ ...knobs }}
          knobs={piece.knobs}
          onTurn={(name: string, value: number) => {
            knobs[name] = value;
          }}
        />
      );
    case 'table':
      return <TablePicture picture={picture} numbers={{ ...knobs }} />;
  }
}

/** The knobs that stand in a grid: they need no row of their own. */
export function gridKnobsOf({ pictures }: Piece): ReadonlySet<string> {
  const grids = pictures.flatMap((picture) => (picture.kind === 'grids' ? picture.grids : []));
  return new Set(grids.flatMap(({ rows }) => (typeof rows === 'function' ? [] : rows.flat())));
}
