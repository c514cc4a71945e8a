import type { Chapter } from '../model.ts';
import { aboutDivergence } from './divergence.ts';
import { aboutRegression } from './regression.ts';
import { aboutSoftmaxLoss } from './softmaxLoss.ts';

/** The pages of questions, in their order: each piece answers one. */
export const questions: readonly Chapter[] = [aboutSoftmaxLoss, aboutDivergence, aboutRegression];
