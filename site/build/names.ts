import type { MarkdownRenderer } from 'vitepress';
import { pageOf } from './reference.ts';

/** On the page of the reference, names in the first column of a table lead to where the reference describes them. */
export function linkNames(md: MarkdownRenderer): void {
  md.core.ruler.push('link_names', (state) => {
    if (!/(^|\/)reference\.md$/.test(state.env.relativePath ?? '')) return;
    let column = -1;
    for (const token of state.tokens) {
      if (token.type === 'tr_open') column = -1;
      if (token.type === 'td_open') column++;
      if (token.type !== 'inline' || column !== 0 || !token.children) continue;
      token.children = token.children.flatMap((child) => {
        const page = child.type === 'code_inline' ? pageOf(child.content) : undefined;
        if (page === undefined) return [child];
        const open = new state.Token('link_open', 'a', 1);
        open.attrSet('href', `/${page}`);
        open.attrSet('target', '_self');
        return [open, child, new state.Token('link_close', 'a', -1)];
      });
    }
  });
}
