import './share.css';
import type { ComponentChildren, JSX } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { addressWith, wholeAddress } from '../address/shownAddress.ts';
import { saveFile, saveText } from '../parts/saveFile.ts';
import { LanguageContext, useWords } from '../words/words.ts';
import { csvOf } from './csv.ts';
import { embedCode } from './embed.ts';
import { latexDocument } from './latex.ts';
import { offeredNow } from './offered.ts';
import { panelsOn, tablesOn } from './onPage.ts';
import { pngOf } from './png.ts';
import { svgOf } from './svg.ts';
import { shareWords } from './words.ts';

export interface ShareDialogProps {
  /** What the tab is called. */
  readonly title: string;
  readonly onClose: () => void;
}

/** How high a frame in another page is, in pixels: about a screen. */
const frameHeight = 760;

/** All that a tab can be taken away as. */
export function ShareDialog({ title, onClose }: ShareDialogProps): JSX.Element {
  const words = useWords(shareWords);
  const language = useContext(LanguageContext);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [panels] = useState(panelsOn);
  const [panel, setPanel] = useState(0);
  const [code, setCode] = useState<string | undefined>();
  useEffect(() => {
    dialog.current?.showModal();
    void Promise.resolve(offeredNow().code?.()).then(setCode);
  }, []);

  const name = location.hash.replace(/^#/, '').split('?')[0] || 'steps';
  const formulas = panels.filter((one) => one.formulas.length > 0);
  const picture = (): Promise<string> => svgOf(panels[panel].element);
  return (
    <dialog ref={dialog} class="share" aria-labelledby={heading} onClose={onClose}>
      <div class="share-head">
        <h2 id={heading}>{words.title}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
      </div>
      <Part title={words.link} hint={words.linkHint}>
        <Copied text={wholeAddress()} label={words.link} />
      </Part>
      <Part title={words.embed} hint={words.embedHint}>
        <Copied
          text={embedCode(addressWith({ language, embed: '1' }), title, frameHeight)}
          label={words.embed}
          rows={4}
        />
      </Part>
      {panels.length > 0 && (
        <Part title={words.picture}>
          <label class="share-which">
            <span class="unseen">{words.which}</span>
            <select value={panel} onChange={({ currentTarget }) => setPanel(currentTarget.selectedIndex)}>
              {panels.map((one, index) => (
                <option key={one.title} value={index}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            onClick={async () => saveText(`tapegrad-${name}.svg`, await picture(), 'image/svg+xml')}
          >
            {words.svg}
          </button>
          <button type="button" onClick={async () => saveFile(`tapegrad-${name}.png`, await pngOf(await picture()))}>
            {words.png}
          </button>
        </Part>
      )}
      {formulas.length > 0 && (
        <Part title={words.formulas}>
          <button
            type="button"
            onClick={() => saveText(`tapegrad-${name}.tex`, latexDocument(title, wholeAddress(), formulas))}
          >
            {words.latex}
          </button>
        </Part>
      )}
      <Part title={words.numbers}>
        <button type="button" onClick={() => saveText(`tapegrad-${name}.csv`, allTables(), 'text/csv')}>
          {words.csv}
        </button>
      </Part>
      {code !== undefined && (
        <Part title={words.code} hint={words.codeHint}>
          <Copied text={code} label={words.code} rows={Math.min(code.split('\n').length, 12)} />
        </Part>
      )}
      <Part title={words.paper}>
        <button
          type="button"
          onClick={() => {
            dialog.current?.close();
            print();
          }}
        >
          {words.print}
        </button>
      </Part>
    </dialog>
  );
}

/** All tables below each other, each under its title. */
function allTables(): string {
  const tables = [...(offeredNow().tables?.() ?? []), ...tablesOn()];
  return csvOf(tables.flatMap(({ title, rows }) => [[title], ...rows, []]));
}

interface PartProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ComponentChildren;
}

function Part({ title, hint, children }: PartProps): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      {hint && <p class="quiet">{hint}</p>}
      <div class="share-row">{children}</div>
    </section>
  );
}

interface CopiedProps {
  readonly text: string;
  readonly label: string;
  readonly rows?: number;
}

/** A text to be copied: by a button, or by hand where a browser does not let a page copy. */
function Copied({ text, label, rows = 2 }: CopiedProps): JSX.Element {
  const words = useWords(shareWords);
  const area = useRef<HTMLTextAreaElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    area.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // It stays selected, to be copied by hand.
    }
  };
  return (
    <>
      <textarea ref={area} readOnly rows={rows} aria-label={label} value={text} spellcheck={false} />
      <button type="button" onClick={copy}>
        <span aria-live="polite">{isCopied ? words.copied : words.copy}</span>
      </button>
    </>
  );
}
