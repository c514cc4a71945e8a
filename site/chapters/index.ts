import type { Chapter } from './model.ts';
import { softmaxLoss } from './softmaxLoss.ts';

/** The chapters of the book, in their order. */
export const chapters: readonly Chapter[] = [softmaxLoss];
