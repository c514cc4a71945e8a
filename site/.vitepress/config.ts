import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { onlyWoff2 } from '../../apps/playground/build/katexFonts.ts';
import { referenceKernels } from '../../apps/playground/build/referenceKernels.ts';
import { formulas } from '../build/formulas.ts';
import { buildLab, labWhileWriting } from '../build/lab.ts';
import { chinese, english } from '../build/labels.ts';
import { readGuide } from '../build/links.ts';
import { linkNames } from '../build/names.ts';
import { oldLinks } from '../build/oldLinks.ts';
import { copyReference } from '../build/reference.ts';
import { makeRelative, unknownBase } from '../build/relativeBase.ts';
import { words } from '../build/search.ts';
import { writeServiceWorker } from '../build/serviceWorker.ts';
import { staticLines } from '../build/staticLines.ts';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  srcDir: 'pages',
  // The worker keeps all pages for reading offline; nothing is fetched ahead of it.
  router: { prefetchLinks: false },
  // The Lab and the reference are put beside the pages once these are built.
  ignoreDeadLinks: [/^\/(lab|reference)\//],
  title: 'tapegrad',
  description: 'Train small convolutional networks from scratch, and see number by number how the gradient flows back.',
  head: [
    ['link', { rel: 'icon', href: 'data:,' }],
    ['script', {}, oldLinks],
  ],
  locales: { root: english, zh: chinese },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        // The search reads files, and the pages of the guide are none: their text is given to it here.
        _render: async (raw, env, md) => md.renderAsync(readGuide(env.relativePath) ?? raw, env),
        miniSearch: { options: { tokenize: words }, searchOptions: { combineWith: 'AND', prefix: true, fuzzy: false } },
        locales: { zh: { translations: chinese.search } },
      },
    },
    externalLinkIcon: true,
  },
  markdown: {
    // Braces are part of what the documents say.
    attrs: false,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: (md) => {
      formulas(md);
      linkNames(md);
    },
  },
  vite: {
    oxc: { jsx: { runtime: 'automatic', importSource: 'vue' } },
    resolve: {
      alias: [
        { find: /^@tapegrad\/core\/formulas$/, replacement: source('../../packages/core/src/formulas/index.ts') },
        { find: /^@tapegrad\/(core|nn|explain|expression)$/, replacement: source('../../packages/$1/src/index.ts') },
        { find: '@tapegrad/core/authors', replacement: source('../../packages/core/src/authors/index.ts') },
      ],
    },
    // The pages compute a few numbers in float64: they need no engine, and load a quarter of the bytes.
    plugins: [onlyWoff2(), referenceKernels({ except: /(?!)/ }), labWhileWriting(), staticLines()],
    worker: { format: 'es', plugins: () => [referenceKernels({ except: /(?!)/ })] },
    build: { target: 'es2022', chunkSizeWarningLimit: 1000 },
  },
  async buildEnd({ outDir, site }) {
    if (site.base === unknownBase) makeRelative(outDir);
    copyReference(outDir);
    await buildLab(outDir);
    writeServiceWorker(outDir);
  },
});
