// First of all, so that bundles begin with the text of the kernels: in the middle it would lie between pieces of code that
// gzip, which looks 32 kB back, finds to be alike. A page loads 1.6 kB less for it.
import './engine/binary.ts';

export { type GradcheckOptions, type GradcheckReport, gradcheck } from './check/gradcheck.ts';
export { gradgradcheck } from './check/gradgradcheck.ts';
export { nanCheck } from './check/nanCheck.ts';
export type { Kink } from './check/verdict.ts';
export { hessian } from './derivatives/hessian.ts';
export { hessianVectorProduct } from './derivatives/hessianVectorProduct.ts';
export { jacobian } from './derivatives/jacobian.ts';
export type { LaneBits } from './engine/lanes.ts';
export { configureEngine, type EngineInfo, engineInfo } from './engine/machine.ts';
export type { EngineKind, EngineOptions } from './engine/settings.ts';
export * from './errors.ts';
export { Tape } from './fusion/tape.ts';
export type { DataType, FloatArray } from './kernels/dtype.ts';
export * from './ops/index.ts';
export { Random, type RandomState } from './random/random.ts';
export { broadcastTo } from './tape/chain.ts';
export type { GradientOptions } from './tape/gradientOptions.ts';
export { Gradients } from './tape/gradients.ts';
export { hasNonFinite } from './tape/nonFinite.ts';
export { type OperationCost, type OperationProfile, profileOperations } from './tape/profile.ts';
export { type Operands, type Operation, operands, record } from './tape/record.ts';
export { shapeOf } from './tape/shapeOf.ts';
export type { Step } from './tape/step.ts';
export type { BackwardStep } from './tape/walk.ts';
export { within } from './tape/within.ts';
export {
  type FillOptions,
  full,
  isNdArray,
  type Numbers,
  type NumericArray,
  ones,
  type TensorLike,
  type TensorOptions,
  tensor,
  zeros,
} from './tensor/create.ts';
export type { Indices } from './tensor/indices.ts';
export type { NestedList } from './tensor/lists.ts';
export { Parameter } from './tensor/parameter.ts';
export { formatShape, type Shape } from './tensor/shape.ts';
export { type Attributes, Tensor, type VJP, type VJPs } from './tensor/tensor.ts';
export { onWarning, silence, type Warning, warn } from './warnings.ts';
