import type { Chapter } from './model.ts';

const loaders: Readonly<Record<string, () => Promise<Chapter>>> = {
  dense: async () => (await import('./dense.ts')).dense,
  softmax: async () => (await import('./softmax.ts')).softmax,
  'softmax-loss': async () => (await import('./softmaxLoss.ts')).softmaxLoss,
  entropy: async () => (await import('./entropy.ts')).entropy,
  regression: async () => (await import('./regression.ts')).regression,
  hinge: async () => (await import('./hinge.ts')).hinge,
  temperature: async () => (await import('./temperature.ts')).temperature,
  descent: async () => (await import('./descent.ts')).descent,
  backpropagation: async () => (await import('./backpropagation.ts')).backpropagation,
  convolution: async () => (await import('./convolution.ts')).convolution,
  'convolution-gradients': async () => (await import('./convolutionGradients.ts')).convolutionGradients,
  kin: async () => (await import('./kin.ts')).kin,
  pooling: async () => (await import('./pooling.ts')).pooling,
  normalisation: async () => (await import('./normalisation.ts')).normalisation,
  'batch-norm-gradient': async () => (await import('./batchNormGradient.ts')).batchNormGradient,
  depth: async () => (await import('./depth.ts')).depth,
  tape: async () => (await import('./tape.ts')).tape,
};

/** A chapter by name, loaded when it is wanted: all of them together are more than a page may weigh. */
export const loadChapter = (name: string): Promise<Chapter> => loaders[name]();
