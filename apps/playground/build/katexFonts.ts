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

/** Fonts that no formula of this page is set in. One that were would stop KaTeX, loudly: it looks for the sizes first. */
const unused = [
  'Caligraphic-Regular',
  'Fraktur-Regular',
  'Main-BoldItalic',
  'Math-BoldItalic',
  'SansSerif-Bold',
  'SansSerif-Italic',
  'Script-Regular',
  'Typewriter-Regular',
];

/** Leaves the sizes of the letters of {@link unused} fonts out of KaTeX: about 4 kB of the first load, compressed. */
export function withoutUnusedFonts(): Plugin {
  return {
    name: 'without-unused-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!/katex\.mjs$/.test(id)) return undefined;
      let shorter = code;
      for (const font of unused) {
        const sizes = new RegExp(`"${font}": \\{[^}]*\\},?`);
        if (!sizes.test(shorter))
          throw new Error(`KaTeX holds no sizes of ${font} any longer: see build/katexFonts.ts`);
        shorter = shorter.replace(sizes, '');
      }
      return { code: shorter, map: null };
    },
  };
}
