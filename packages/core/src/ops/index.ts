export { elu, selu } from './activations/elu.ts';
export { type GeluOptions, gelu } from './activations/gelu.ts';
export { type HardSigmoidOptions, hardSigmoid } from './activations/hardSigmoid.ts';
export { leakyRelu } from './activations/leakyRelu.ts';
export { mish } from './activations/mish.ts';
export { relu } from './activations/relu.ts';
export { sigmoid } from './activations/sigmoid.ts';
export { silu } from './activations/silu.ts';
export { type SoftplusOptions, softplus } from './activations/softplus.ts';
export { tanh } from './activations/tanh.ts';
export { bilinearSample } from './convolution/bilinearSample.ts';
export { type Conv1dOptions, conv1d } from './convolution/conv1d.ts';
export { type Conv2dOptions, conv2d } from './convolution/conv2d.ts';
export { type Conv3dOptions, conv3d } from './convolution/conv3d.ts';
export { checkGroups } from './convolution/convolutionChecks.ts';
export { type ConvTranspose1dOptions, convTranspose1d } from './convolution/convTranspose1d.ts';
export { type ConvTranspose2dOptions, convTranspose2d } from './convolution/convTranspose2d.ts';
export { type ConvTranspose3dOptions, convTranspose3d } from './convolution/convTranspose3d.ts';
export { type DeformConv2dOptions, deformConv2d } from './convolution/deformConv2d.ts';
export { type TransposedOptions, transposedLengths } from './convolution/transposedSizes.ts';
export { abs, sign } from './elementwise/abs.ts';
export { add } from './elementwise/add.ts';
export { cast } from './elementwise/cast.ts';
export { type ClampOptions, clamp } from './elementwise/clamp.ts';
export { equal, greater, greaterOrEqual } from './elementwise/compare.ts';
export { detach } from './elementwise/detach.ts';
export { divide } from './elementwise/divide.ts';
export { erf } from './elementwise/erf.ts';
export { exp } from './elementwise/exp.ts';
export { log } from './elementwise/log.ts';
export { logCosh } from './elementwise/logCosh.ts';
export { maximum, minimum } from './elementwise/maximum.ts';
export { multiply } from './elementwise/multiply.ts';
export { negate } from './elementwise/negate.ts';
export { pow } from './elementwise/pow.ts';
export { sqrt } from './elementwise/sqrt.ts';
export { square } from './elementwise/square.ts';
export { subtract } from './elementwise/subtract.ts';
export { where } from './elementwise/where.ts';
export { gather } from './indexing/gather.ts';
export { type OneHotOptions, oneHot } from './indexing/oneHot.ts';
export { type EmbeddingOptions, embedding, take } from './indexing/take.ts';
export { einsum } from './matrices/einsum.ts';
export { linear } from './matrices/linear.ts';
export { matmul } from './matrices/matmul.ts';
export { type BatchNormOptions, batchNorm } from './normalisation/batchNorm.ts';
export {
  type BatchNormTrainingOptions,
  batchNormTraining,
  type NormalisedBatch,
} from './normalisation/batchNormTraining.ts';
export { type GroupNormOptions, groupNorm } from './normalisation/groupNorm.ts';
export { instanceNorm } from './normalisation/instanceNorm.ts';
export { type LayerNormOptions, layerNorm } from './normalisation/layerNorm.ts';
export { checkEpsilon, type Standardised, type StandardiseOptions, standardise } from './normalisation/standardise.ts';
export { adaptiveAvgPool1d } from './pooling/adaptiveAvgPool1d.ts';
export { adaptiveAvgPool2d } from './pooling/adaptiveAvgPool2d.ts';
export { adaptiveMaxPool2d, adaptiveMaxPool2dWithPlaces } from './pooling/adaptiveMaxPool2d.ts';
export { adaptiveSizes } from './pooling/adaptiveSizes.ts';
export { type AvgPool1dOptions, avgPool1d } from './pooling/avgPool1d.ts';
export { type AvgPoolOptions, avgPool2d } from './pooling/avgPool2d.ts';
export { type AvgPool3dOptions, avgPool3d } from './pooling/avgPool3d.ts';
export { globalAvgPool } from './pooling/globalAvgPool.ts';
export { globalMaxPool } from './pooling/globalMaxPool.ts';
export { type GlobalPoolOptions, globalAxes } from './pooling/globalPooling.ts';
export { maxPool1d, maxPool1dWithPlaces, type Pool1dOptions } from './pooling/maxPool1d.ts';
export { maxPool2d, maxPool2dWithPlaces } from './pooling/maxPool2d.ts';
export { maxPool3d, maxPool3dWithPlaces } from './pooling/maxPool3d.ts';
export { type PoolOptions, poolingSizes } from './pooling/poolingSizes.ts';
export { poolingAxes, type SpatialPoolOptions } from './pooling/spatialPooling.ts';
export { type CumulativeSumOptions, cumulativeSum } from './reductions/cumulativeSum.ts';
export { max, min } from './reductions/extremes.ts';
export { type AlongOptions, argMax, argMin, type Chosen, maxAlong, minAlong } from './reductions/extremesAlong.ts';
export { mean } from './reductions/mean.ts';
export { product } from './reductions/product.ts';
export type { ReductionOptions } from './reductions/reduction.ts';
export { sum } from './reductions/sum.ts';
export { type VarianceOptions, variance } from './reductions/variance.ts';
export { concat, stack } from './shape/concat.ts';
export { pad } from './shape/pad.ts';
export { reshape } from './shape/reshape.ts';
export { type Range, slice } from './shape/slice.ts';
export { transpose } from './shape/transpose.ts';
export { logSumExp } from './softmax/logSumExp.ts';
export { logSoftmax, softmax } from './softmax/softmax.ts';
export { softmaxCrossEntropyRows } from './softmax/softmaxCrossEntropy.ts';
export { type PerAxis, perAxis, type SpatialOptions, type SpatialPadding, spatialAxes } from './windows/spatialAxes.ts';
export {
  type Axis,
  outputLength,
  type Padding,
  type Pair,
  pair,
  type WindowOptions,
  windowAxes,
} from './windows/windows.ts';
