import { darkRules } from './palette.ts';

/** The class of the picture, and of nothing else on a page. */
const pictureClass = 'tapegrad-fits';

/** What is said of a picture to those who do not see it. */
export interface Caption {
  readonly title: string;
  readonly description: string;
}

/** Gives a drawn picture its name, what it shows in words, and the colours of dark pages. */
export function finish(drawn: string, { title, description }: Caption): string {
  const id = `${pictureClass}-title`;
  const head = `class="${pictureClass}" role="img" aria-labelledby="${id} ${id}-more"`;
  const words = `<title id="${id}">${escapeText(title)}</title><desc id="${id}-more">${escapeText(description)}</desc>`;
  return (
    drawn
      // What the library notes for scripts and pointers on a page is half of the file.
      .replaceAll(/ (ecmeta_\w+|pointer-events|class)="[^"]*"/g, '')
      .replace(/<style ?><!\[CDATA\[[\s\S]*?\]\]>\s*<\/style>\s*/, '')
      // It counts its pictures, too; the same study is to be the same file.
      .replaceAll(/zr\d+-/g, `${pictureClass}-`)
      .replace(/^<svg ([^>]*)>/, (_, attributes) => {
        return `<svg ${head} ${attributes}>\n${words}\n<style>${darkRules(`.${pictureClass}`)}</style>`;
      })
      .trimEnd()
      .concat('\n')
  );
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
