import { readTranslation, translated } from '../../../build/links.ts';

/** One page for each of `docs` that there is in Chinese. */
export default {
  paths: () => translated.map((page) => ({ params: { page }, content: readTranslation(page) })),
};
