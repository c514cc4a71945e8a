/**
 * Words that mean the same thing, in PyTorch, Keras, TensorFlow.js and here: who writes one of them is told of the one that
 * the function knows. Capitals, underscores and American spelling make no difference. What contains our word needs no line
 * here, as `useBias` or `strides`; nor does what a letter or two tell from it. Few, for every page loads them.
 */
export const namesElsewhere = [
  'learningRate lr base peak maxLr',
  'parameters params',
  'axes axis dim dims shape normalizedShape',
  'rate p probability',
  'outChannels outFeatures filters units',
  'features embeddingDim',
  'count numEmbeddings inputDim',
  'classes depth',
  'kernelSize poolSize',
  'alpha slope rho',
  'weight gamma',
  'bias beta',
  'delta beta',
  'minimum etaMin',
  'period tMax',
  'correction unbiased ddof',
  'standardDeviation std',
  'random seed generator rng',
];
