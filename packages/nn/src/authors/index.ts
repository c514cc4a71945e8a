/* The steps of the optimisers on flat numbers, for those who keep their state themselves. */
export { adagradWithTwin as adagrad } from '../optimisers/adagrad.ts';
export { adamWithTwin as adam } from '../optimisers/adam.ts';
export { decayWithTwin as decay } from '../optimisers/adamW.ts';
export { rmsPropWithTwin as rmsProp } from '../optimisers/rmsProp.ts';
export { sgdWithTwin as sgd } from '../optimisers/sgd.ts';
