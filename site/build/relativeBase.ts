import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseAst } from 'vite';

/** The base that the site is built with. Nothing of it is left afterwards. */
export const unknownBase = '/__base__/';

/** What the scripts of a page read instead: where the site turned out to stand. */
const knownBase = 'globalThis.__base';

/**
 * Makes the site work in any folder of any host, and says so of each page by the way it is reached: VitePress has to be told the
 * folder when it builds, so it is told one that does not exist, and every mention of that one is computed in the page instead.
 */
export function makeRelative(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const change = changes[extname(name)];
    const text = change && readFileSync(path, 'utf8');
    if (change && text?.includes(unknownBase)) writeFileSync(path, change(text, name.split(/[\\/]/).length - 1));
  }
}

const changes: Readonly<Record<string, ((text: string, depth: number) => string) | undefined>> = {
  '.html': relativePage,
  '.js': relativeScript,
  // Style sheets stand beside the fonts they name.
  '.css': (css) => css.replaceAll(`${unknownBase}assets/`, ''),
};

/** A page whose links are relative; it tells its scripts where the site stands. */
export function relativePage(html: string, depth: number): string {
  const up = '../'.repeat(depth) || './';
  const where = `<script>${knownBase}=new URL('${up}',location).pathname</script>`;
  return html
    .replaceAll(unknownBase, up)
    .replace('<head>', `<head>\n    ${where}`)
    .replace('</body>', `${madeAbsolute}</body>`);
}

/** Links stay where they are when the reader goes on to another page without loading it: they must not be relative then. */
const madeAbsolute =
  "<script>for(const a of document.querySelectorAll('a[href]'))if(a.origin===location.origin&&a.getAttribute('href')[0]!=='#')a.setAttribute('href',a.pathname+a.search+a.hash)</script>";

/** A script whose strings with the base in them are put together when they are read. */
export function relativeScript(code: string): string {
  const changes: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, start, end } = node as { type?: string; start: number; end: number };
    const isText =
      type === 'TemplateElement' || (type === 'Literal' && typeof (node as { value?: unknown }).value === 'string');
    if (!isText) {
      for (const part of Object.values(node)) visit(part);
      return;
    }
    const written = code.slice(start, end);
    if (!written.includes(unknownBase)) return;
    const quote = written[0];
    const joint = type === 'TemplateElement' ? `\${${knownBase}}` : `${quote}+${knownBase}+${quote}`;
    const joined = written.replaceAll(unknownBase, joint);
    changes.push({ start, end, text: type === 'TemplateElement' ? joined : `(${joined})` });
  };
  visit(parseAst(code).body);
  return changes
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), code);
}
