import type { Plugin } from 'vite';

/** Leaves the old formats of KaTeX's fonts out of the build: every browser that runs this page reads WOFF2. */
export function onlyWoff2(): Plugin {
  return {
    name: 'only-woff2',
    enforce: 'pre',
    transform(code, id) {
      if (!/katex[^/]*\.css$/.test(id)) return undefined;
      return { code: code.replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, ''), map: null };
    },
  };
}
