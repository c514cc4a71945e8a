export * from './errors.ts';
export * from './random/random.ts';
