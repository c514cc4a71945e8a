/** What `speed.mjs` runs in Node: the training of the page, built as the page is. */
export { builtInDigits } from '@tapegrad/datasets';
export { median } from '../src/tabs/training/curves.ts';
export { Training } from '../src/tabs/training/training.ts';
