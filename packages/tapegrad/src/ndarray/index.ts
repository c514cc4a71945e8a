/*
 * The package `ndarray` and its types: `import ndarray, { type NdArray } from 'tapegrad/ndarray'`.
 */
export * from '@tapegrad/core/ndarray';
export { default } from '@tapegrad/core/ndarray';
