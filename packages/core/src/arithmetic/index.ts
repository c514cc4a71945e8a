export { exponential } from './exponential.ts';
export { logarithm } from './logarithm.ts';
export { power } from './power.ts';
export { cosine, sine } from './sineAndCosine.ts';
