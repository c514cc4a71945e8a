/* See core.ts: the same for models as ONNX files. */
export * from '../../../packages/onnx/dist/index.js';
