/*
 * The package `ndarray` and its types, the very ones that tensors are made of and given back as:
 * `import ndarray, { type NdArray } from '@tapegrad/core/ndarray'`. Where packages may import only what they have asked for
 * themselves, as under pnpm, a program need not install it a second time.
 */
export type { Data, DataType, GenericArray, NdArray, TypedArray, Value } from 'ndarray';
export { default } from 'ndarray';
