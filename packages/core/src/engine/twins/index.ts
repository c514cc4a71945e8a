/* The kernels in WebAssembly, by the names and arguments of the reference kernels: what is exported here is used.
 * Those of the optimisers are by themselves: their reference is in nn, in the file of each optimiser. */
export * from './accumulation.ts';
export * from './activations.ts';
export * from './adaptivePooling.ts';
export * from './chosen.ts';
export * from './convolution.ts';
export * from './convolutionGradients.ts';
export * from './elementwise.ts';
export * from './indexing.ts';
export * from './matmul.ts';
export * from './normalisation.ts';
export * from './normalise.ts';
export * from './normaliseRows.ts';
export * from './pooling.ts';
export * from './reductions.ts';
export * from './slices.ts';
export * from './smoothActivations.ts';
export * from './softmax.ts';
export * from './strided.ts';
