export { defaultBias, defaultWeight } from './initialisers/defaults.ts';
export type { Initialiser, InitialiserOptions } from './initialisers/draw.ts';
export { constantInitialiser, normalInitialiser, uniformInitialiser } from './initialisers/drawnFrom.ts';
export { fans, gainOf, type Nonlinearity } from './initialisers/fans.ts';
export { type KaimingOptions, kaimingDeviation, kaimingNormal, kaimingUniform } from './initialisers/kaiming.ts';
export { type XavierOptions, xavierDeviation, xavierNormal, xavierUniform } from './initialisers/xavier.ts';
export { featureMaps } from './inside/featureMaps.ts';
export { type GradCamOptions, gradCam } from './inside/gradCam.ts';
export { type OcclusionOptions, occlusion } from './inside/occlusion.ts';
export { saliency } from './inside/saliency.ts';
export type { Scorer, TargetOptions } from './inside/scores.ts';
export {
  CELU,
  ELU,
  GELU,
  HardSigmoid,
  HardSwish,
  LeakyReLU,
  LogSoftmax,
  Mish,
  ReLU,
  ReLU6,
  SELU,
  Sigmoid,
  SiLU,
  Softmax,
  Softplus,
  Softsign,
  Tanh,
} from './layers/activations.ts';
export { Affine, type AffineOptions } from './layers/affine.ts';
export { BatchNorm, type BatchNormLayerOptions } from './layers/batchNorm.ts';
export { Branches, type BranchesOptions, Skip } from './layers/branches.ts';
export { Broadcast, type BroadcastOptions } from './layers/broadcast.ts';
export { Clamp } from './layers/clamp.ts';
export { Constant, type ConstantOptions } from './layers/constant.ts';
export { Conv1d } from './layers/conv1d.ts';
export { Conv2d } from './layers/conv2d.ts';
export { Conv3d } from './layers/conv3d.ts';
export type {
  ConvolutionLayerOptions,
  ConvolutionPaddingMode,
  TransposedLayerOptions,
} from './layers/convolutionLayer.ts';
export { ConvTranspose1d } from './layers/convTranspose1d.ts';
export { ConvTranspose2d } from './layers/convTranspose2d.ts';
export { ConvTranspose3d } from './layers/convTranspose3d.ts';
export { DeformConv2d, type DeformConv2dLayerOptions } from './layers/deformConv2d.ts';
export { Dense, type DenseOptions } from './layers/dense.ts';
export type { DrawingOptions } from './layers/drawnParameters.ts';
export { DropBlock, type DropBlockOptions } from './layers/dropBlock.ts';
export { Dropout, type DropoutOptions } from './layers/dropout.ts';
export { Elementwise, type ElementwiseOperation, type ElementwiseOptions } from './layers/elementwise.ts';
export { Embedding, type EmbeddingLayerOptions } from './layers/embedding.ts';
export { Flatten } from './layers/flatten.ts';
export { GroupNorm, type GroupNormLayerOptions } from './layers/groupNorm.ts';
export { InstanceNorm, type InstanceNormLayerOptions } from './layers/instanceNorm.ts';
export type { BuildContext, BuiltLayer, CallContext, Layer } from './layers/layer.ts';
export { LayerBuffer } from './layers/layerBuffer.ts';
export { LayerNorm, type LayerNormLayerOptions } from './layers/layerNorm.ts';
export { type OperationKind, type OperationLayer, operationLayer } from './layers/operationLayer.ts';
export { Pad, type PadLayerOptions } from './layers/pad.ts';
export { Permute, type PermuteOptions } from './layers/permute.ts';
export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AvgPool1d,
  AvgPool2d,
  AvgPool3d,
  GlobalAvgPool1d,
  GlobalAvgPool2d,
  GlobalAvgPool3d,
  GlobalMaxPool1d,
  GlobalMaxPool2d,
  GlobalMaxPool3d,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
} from './layers/pooling.ts';
export { Power, type PowerOptions } from './layers/power.ts';
export { PReLU, type PReLUOptions } from './layers/prelu.ts';
export { Reduce, type ReduceOptions } from './layers/reduce.ts';
export { Reshape, type ReshapeOptions } from './layers/reshape.ts';
export { Residual, type ResidualOptions } from './layers/residual.ts';
export { Sequential, type SequentialOptions } from './layers/sequential.ts';
export { Slice, type SliceOptions } from './layers/slice.ts';
export { SqueezeExcitation, type SqueezeExcitationOptions } from './layers/squeezeExcitation.ts';
export { Take, type TakeLayerOptions } from './layers/take.ts';
export { Upsample } from './layers/upsample.ts';
export { type AdditiveMarginOptions, additiveMarginSoftmaxLoss } from './losses/additiveMarginSoftmax.ts';
export { type ArcFaceOptions, arcFaceLoss } from './losses/arcFace.ts';
export { binaryCrossEntropy } from './losses/binaryCrossEntropy.ts';
export {
  type BinaryCrossEntropyOptions,
  binaryCrossEntropyWithLogits,
} from './losses/binaryCrossEntropyWithLogits.ts';
export { type CentreOptions, centreLoss } from './losses/centre.ts';
export type { ClassRowOptions } from './losses/classRows.ts';
export { type ContrastiveOptions, contrastiveLoss } from './losses/contrastive.ts';
export { type CosineEmbeddingOptions, cosineEmbeddingLoss } from './losses/cosineEmbedding.ts';
export { type CrossEntropyOperands, crossEntropyOfDistributions } from './losses/crossEntropyOfDistributions.ts';
export { type DiceOptions, diceLoss } from './losses/dice.ts';
export type { LogarithmBase } from './losses/distribution.ts';
export { entropy } from './losses/entropy.ts';
export { type FocalOptions, focalLoss } from './losses/focal.ts';
export { halfSquaredLoss } from './losses/halfSquared.ts';
export { hingeLoss } from './losses/hinge.ts';
export { type HuberOptions, huberLoss } from './losses/huber.ts';
export { jensenShannonDivergence } from './losses/jensenShannonDivergence.ts';
export { type KLDivergenceOperands, klDivergence } from './losses/klDivergence.ts';
export {
  type KLDivergenceOptions,
  klDivergenceWithLogProbabilities,
} from './losses/klDivergenceWithLogProbabilities.ts';
export { l1Loss } from './losses/l1.ts';
export { type L2SoftmaxOptions, l2SoftmaxLoss } from './losses/l2Softmax.ts';
export { type LargeMarginOptions, largeMarginSoftmaxLoss } from './losses/largeMarginSoftmax.ts';
export { logCoshLoss } from './losses/logCosh.ts';
export type { LossOptions } from './losses/lossOptions.ts';
export { mseLoss } from './losses/mse.ts';
export { type MultiMarginOptions, multiMarginLoss } from './losses/multiMargin.ts';
export { type NLLOptions, nllLoss } from './losses/nll.ts';
export { l1Penalty, l2Penalty, type PenaltyOptions } from './losses/penalty.ts';
export { type QuantileOptions, quantileLoss } from './losses/quantile.ts';
export type { Reduction } from './losses/reduce.ts';
export { type SmoothL1Options, smoothL1Loss } from './losses/smoothL1.ts';
export { type SoftmaxCrossEntropyOptions, softmaxCrossEntropy } from './losses/softmaxCrossEntropy.ts';
export {
  softmaxCrossEntropyWithTemperature,
  type TemperatureOptions,
} from './losses/softmaxCrossEntropyWithTemperature.ts';
export { type TripletMarginOptions, tripletMarginLoss } from './losses/tripletMargin.ts';
export { accuracy, predictions } from './metrics/accuracy.ts';
export { averaged } from './metrics/averaged.ts';
export { balancedAccuracy } from './metrics/balancedAccuracy.ts';
export {
  type CalibrationBin,
  type CalibrationOptions,
  expectedCalibrationError,
  reliabilityDiagram,
} from './metrics/calibration.ts';
export { type ConfusionMatrix, confusionMatrix } from './metrics/confusionMatrix.ts';
export { type ClassScores, f1, precision, recall } from './metrics/precisionRecall.ts';
export { meanAbsoluteError, rSquared } from './metrics/regression.ts';
export { type RocCurve, rocArea, rocCurve } from './metrics/rocCurve.ts';
export { streamedRSquared } from './metrics/streamedRSquared.ts';
export type { StreamingMetric } from './metrics/streaming.ts';
export { summed } from './metrics/summed.ts';
export { type TopKAccuracyOptions, topKAccuracy } from './metrics/topKAccuracy.ts';
export { zeroOneLoss } from './metrics/zeroOneLoss.ts';
export { Compare, type CompareOptions, Where } from './models/choiceJoins.ts';
export { Einsum, type EinsumOptions } from './models/einsumJoin.ts';
export { freeze, thaw } from './models/freeze.ts';
export type { GraphLayer, GraphValues } from './models/graphBuilder.ts';
export { GraphValue, input, join } from './models/graphValue.ts';
export type { JoinLayer } from './models/joinLayer.ts';
export { Add, Concat, Multiply } from './models/joins.ts';
export { Model, type ModelOptions, type ShapesOf, type TensorsOf } from './models/model.ts';
export { Divide, MatrixProduct, Maximum, Minimum, Subtract } from './models/pairJoins.ts';
export { type Accumulated, type AccumulatedOptions, accumulated } from './optimisers/accumulated.ts';
export { Adadelta, type AdadeltaSettings } from './optimisers/adadelta.ts';
export { Adagrad, type AdagradSettings } from './optimisers/adagrad.ts';
export { Adam, type AdamSettings } from './optimisers/adam.ts';
export { AdamW } from './optimisers/adamW.ts';
export { type ClipNormOptions, type ClipValueOptions, clipGradientNorm, clipGradientValue } from './optimisers/clip.ts';
export { clipped } from './optimisers/clipped.ts';
export {
  ExponentialMovingAverage,
  type MovingAverageOptions,
  type MovingAverageState,
} from './optimisers/exponentialMovingAverage.ts';
export { type DescentOptions, gradientDescent } from './optimisers/gradientDescent.ts';
export type { Group, ParameterGroup } from './optimisers/groups.ts';
export type { ParameterMemory, ParameterState } from './optimisers/memory.ts';
export { Muon, type MuonSettings } from './optimisers/muon.ts';
export { NAdam, type NAdamSettings } from './optimisers/nadam.ts';
export { type GradientSource, Optimiser, type OptimiserKind } from './optimisers/optimiser.ts';
export { RMSProp, type RMSPropSettings } from './optimisers/rmsProp.ts';
export { SGD, type SGDSettings } from './optimisers/sgd.ts';
export type { OptimiserState } from './optimisers/state.ts';
export type { OptimiserLike } from './optimisers/wrapped.ts';
export { type Checkpoint, type ReadCheckpointOptions, readCheckpoint, writeCheckpoint } from './saving/checkpoint.ts';
export { CheckpointError, SafetensorsError } from './saving/errors.ts';
export {
  type LoadWeightsOptions,
  loadModel,
  loadWeights,
  type Stateful,
  saveModel,
  weightsOf,
} from './saving/modelState.ts';
export {
  type ReadSafetensorsOptions,
  readSafetensors,
  type Saved,
  type WriteSafetensorsOptions,
  writeSafetensors,
} from './saving/safetensors.ts';
export { type CosineAnnealingOptions, cosineAnnealing } from './schedules/cosineAnnealing.ts';
export { type ExponentialDecayOptions, exponentialDecay } from './schedules/exponentialDecay.ts';
export { type JoinedOptions, joined } from './schedules/joined.ts';
export { type LinearWarmUpOptions, linearWarmUp } from './schedules/linearWarmUp.ts';
export { type MultiStepDecayOptions, multiStepDecay } from './schedules/multiStepDecay.ts';
export { type OneCycle, type OneCycleOptions, oneCycle } from './schedules/oneCycle.ts';
export { type PlateauState, ReduceOnPlateau, type ReduceOnPlateauOptions } from './schedules/reduceOnPlateau.ts';
export type { Schedule } from './schedules/schedule.ts';
export { type StepDecayOptions, stepDecay } from './schedules/stepDecay.ts';
export { type WarmUpFactorOptions, warmUpFactor } from './schedules/warmUpFactor.ts';
export { type ConvolutionForm, convolutionParameters } from './summary/costs/convolutionCost.ts';
export type { Cost } from './summary/costs/cost.ts';
export type { Explanation } from './summary/explanations.ts';
export type { Counts, SummaryRow } from './summary/row.ts';
export type { Summary } from './summary/summary.ts';
export { summary } from './summary/summaryFor.ts';
export type { AxisMove, LayerWindow } from './summary/windows/axisMove.ts';
export { type ReceptiveField, receptiveField, type WindowForm } from './summary/windows/receptiveField.ts';
export { slidingMove } from './summary/windows/slidingMove.ts';
export type { Working } from './summary/working.ts';
export { type EarlyStoppingOptions, earlyStopping } from './training/earlyStopping.ts';
export {
  type AsyncEvaluateOptions,
  type EvaluateOptions,
  evaluate,
  type Measured,
  type Metric,
  type Metrics,
} from './training/evaluate.ts';
export {
  type FindLearningRateOptions,
  type FoundLearningRate,
  findLearningRate,
} from './training/findLearningRate.ts';
export {
  type Callback,
  type EpochReport,
  type FitOptions,
  fit,
  type StartReport,
  type StepReport,
} from './training/fit.ts';
export { History } from './training/history.ts';
export { KeepBest, type KeepBestOptions } from './training/keepBest.ts';
export type { MonitorOptions } from './training/monitor.ts';
export type { Finding, Verdict } from './training/preflight/finding.ts';
export type { OverfitOneBatch } from './training/preflight/overfitOneBatch.ts';
export { type PreflightOptions, preflight } from './training/preflight/preflight.ts';
export type { Trainable } from './training/preflight/trial.ts';
export type { Progress } from './training/progress.ts';
export { type AtChanceOptions, warnAtChance } from './training/warnAtChance.ts';
