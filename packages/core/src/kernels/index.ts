export * from './elementwise.ts';
export * from './reductions.ts';
export * from './matmul.ts';
export * from './convolution.ts';
export * from './pooling.ts';
export * from './softmax.ts';
export * from './optimiser.ts';
