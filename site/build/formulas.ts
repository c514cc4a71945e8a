import katex from 'katex';
import type { MarkdownRenderer } from 'vitepress';

/** Stands for a number until KaTeX has set the formula: digits of which no formula has that many. */
const marker = 98765000;

/**
 * Formulas in Markdown, `$…$` within a line and `$$…$$` as a block, set when the site is built. `\live{softmax.p1}` in one of them
 * is a number of a live piece, which follows the reader's.
 */
export function formulas(md: MarkdownRenderer): void {
  md.inline.ruler.after('escape', 'formula', (state, silent) => {
    const found = /^\$((?:\\.|[^$\\])+)\$/.exec(state.src.slice(state.pos));
    if (!found || state.src.startsWith('$$', state.pos)) return false;
    if (!silent) state.push('formula', '', 0).content = found[1];
    state.pos += found[0].length;
    return true;
  });
  md.block.ruler.before(
    'paragraph',
    'formula',
    (state, first, last, silent) => {
      const lineAt = (line: number): string =>
        state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
      if (!lineAt(first).startsWith('$$')) return false;
      if (silent) return true;
      let end = first;
      while (
        end < last &&
        !lineAt(end)
          .slice(end === first ? 2 : 0)
          .trimEnd()
          .endsWith('$$')
      )
        end++;
      const lines = Array.from({ length: end - first + 1 }, (_, offset) => lineAt(first + offset));
      const token = state.push('formula', '', 0);
      token.block = true;
      token.content = lines.join('\n').trim().slice(2, -2);
      state.line = end + 1;
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
  md.renderer.rules.formula = (tokens, index) => renderFormula(tokens[index].content, tokens[index].block);
}

/** A formula as HTML with MathML beside it for screen readers; live numbers become the component `LiveNumber`. */
export function renderFormula(latex: string, isBlock: boolean): string {
  const names: string[] = [];
  const marked = latex.replace(/\\live\{([\w.]+)\}/g, (_, name: string) => `{${marker + names.push(name) - 1}}`);
  // On a narrow screen formulas beside each other go one below the other, each whole.
  const parts = isBlock ? marked.split('\\qquad') : [marked];
  const isSeveral = parts.length > 1;
  const breakable = isSeveral ? `{${parts.join('} \\qquad \\allowbreak {')}}` : marked;
  const html = katex
    .renderToString(breakable, { displayMode: isBlock, throwOnError: true, strict: 'error' })
    .replace(/<annotation[\s\S]*?<\/annotation>/g, '');
  const live = html.replace(/98765\d{3}/g, (found) => `<LiveNumber of="${names[Number(found) - marker]}" />`);
  return isBlock ? `<p class="formula${isSeveral ? ' several' : ''}" tabindex="0">${live}</p>\n` : live;
}
