export { type ReadOnnxOptions, readOnnx } from './readOnnx.ts';
