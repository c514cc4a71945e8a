/* The steps of the optimisers on flat numbers, for those who keep their state themselves. */
export { fastAdagrad as adagrad } from '../optimisers/adagrad.ts';
export { fastAdam as adam } from '../optimisers/adam.ts';
export { fastDecay as decay } from '../optimisers/adamW.ts';
export { fastRmsProp as rmsProp } from '../optimisers/rmsProp.ts';
export { fastSgd as sgd } from '../optimisers/sgd.ts';
