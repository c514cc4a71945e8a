import { documents, readDocument } from '../../build/links.ts';

/** One page for each of `docs`: their text is the project's own, not a copy of it. */
export default {
  paths: () => documents.map((page) => ({ params: { page }, content: readDocument(page) })),
};
