import type { Plugin } from 'vite';

/**
 * Puts what Vue found to be static on lines of its own. VitePress leaves it out of the script that a page starts with, and looks
 * for it line by line: of two on one line, as formulas with live numbers have them, it would take all between along.
 */
export function staticLines(): Plugin {
  return {
    name: 'static-lines',
    enforce: 'pre',
    apply: 'build',
    renderChunk: (code) => ({ code: code.replace(staticNode, '$&\n'), map: null }),
  };
}

const staticNode = /\bcreateStaticVNode\((?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'), \d+\)/g;
