import {
  additiveMarginSoftmaxLoss,
  arcFaceLoss,
  centreLoss,
  l2SoftmaxLoss,
  largeMarginSoftmaxLoss,
} from '@tapegrad/nn';
import { type InputForm, type LossForm, lossForm } from './loss.ts';
import { exampleWeight, ignoreIndex, number, numbers, reduction } from './options.ts';
import { asRows } from './pairs.ts';

const features: InputForm = {
  description: 'what stands before the last layer; several rows are a batch',
  example: '1,.5',
  leastRank: 1,
};

const target: InputForm = {
  description: 'the index of the right class of each row, from 0',
  example: '0',
  leastRank: 1,
  holds: 'classes',
  isWatched: false,
};

const inputs = {
  features,
  weight: { description: 'the last layer: one row for each class', example: '1,0;0,1;-1,1', leastRank: 1 },
  target,
} satisfies Record<string, InputForm>;

const rows = {
  classWeight: numbers('one factor for each class (default: 1 for all)'),
  exampleWeight: exampleWeight(),
  ignoreIndex: ignoreIndex(),
  reduction: reduction(),
};

/** Softmax losses that have the last layer in them, and what is set beside such a loss. */
export const marginLosses: readonly LossForm[] = [
  lossForm({
    name: 'l2-softmax',
    computedBy: 'l2SoftmaxLoss',
    title: 'L2-constrained softmax loss',
    formula: 'loss = -ln softmax(W·α·x/‖x‖ + b)_y; x = features of class y, W = weight, α = scale',
    gradient: '∂loss/∂x = α/‖x‖·(g - (g·u)·u); u = x/‖x‖, g = Wᵀ(p - y)',
    inputs,
    options: {
      scale: number('α, the length of all features; more than 0', 16),
      bias: numbers('b, one for each class'),
      ...rows,
    },
    compute: ({ features, weight, target }, options) =>
      l2SoftmaxLoss(asRows(features), asRows(weight), target, options),
  }),
  lossForm({
    name: 'large-margin',
    aliases: ['l-softmax'],
    computedBy: 'largeMarginSoftmaxLoss',
    title: 'Large margin softmax loss (L-softmax)',
    formula:
      'loss = -ln softmax(z)_y; z_c = ‖w_c‖·‖x‖·cos θ_c, z_y = ‖w_y‖·‖x‖·((-1)^k·cos(m·θ_y) - 2k) from k·π/m to (k + 1)·π/m',
    gradient: '∂loss/∂cos θ_c = ‖w_c‖·‖x‖·(p_c - [c = y]), for c = y times (-1)^k·m·sin(m·θ)/sin θ',
    inputs,
    options: {
      margin: number('m, by how much the angle of the right class is multiplied; a whole number from 1 to 8', 2),
      annealing: number('λ, how much of the plain logit stays; at least 0', 0),
      ...rows,
    },
    compute: ({ features, weight, target }, options) =>
      largeMarginSoftmaxLoss(asRows(features), asRows(weight), target, options),
  }),
  lossForm({
    name: 'additive-margin',
    aliases: ['am-softmax', 'cosface'],
    computedBy: 'additiveMarginSoftmaxLoss',
    title: 'Additive margin softmax loss (AM-softmax, CosFace)',
    formula: 'loss = -ln softmax(z)_y; z_c = s·cos θ_c, z_y = s·(cos θ_y - m)',
    gradient: '∂loss/∂cos θ_c = s·(p_c - [c = y])',
    inputs,
    options: {
      margin: number('m, by how much the cosine of the right class must win; from 0 to 2', 0.35),
      scale: number('s, what cosines are multiplied by; more than 0', 30),
      ...rows,
    },
    compute: ({ features, weight, target }, options) =>
      additiveMarginSoftmaxLoss(asRows(features), asRows(weight), target, options),
  }),
  lossForm({
    name: 'arcface',
    computedBy: 'arcFaceLoss',
    title: 'ArcFace loss',
    formula: 'loss = -ln softmax(z)_y; z_c = s·cos θ_c, z_y = s·cos(θ_y + m)',
    gradient: '∂loss/∂cos θ_c = s·(p_c - [c = y]), for c = y times sin(θ_y + m)/sin θ_y',
    inputs,
    options: {
      margin: number('m, the angle that is added to that of the right class; from 0 to π', 0.5),
      scale: number('s, what cosines are multiplied by; more than 0', 64),
      ...rows,
    },
    compute: ({ features, weight, target }, options) => arcFaceLoss(asRows(features), asRows(weight), target, options),
  }),
  lossForm({
    name: 'centre',
    computedBy: 'centreLoss',
    title: 'Centre loss',
    formula: 'loss = ‖x - c_y‖²/2; x = features of class y, c_y = the centre of its class',
    gradient: '∂loss/∂x = x - c_y, ∂loss/∂c_y = c_y - x',
    inputs: {
      features,
      centres: { description: 'one row for each class', example: '0,0;2,1', leastRank: 1 },
      target,
    },
    options: { exampleWeight: exampleWeight(), ignoreIndex: ignoreIndex(), reduction: reduction() },
    compute: ({ features, centres, target }, options) => centreLoss(asRows(features), asRows(centres), target, options),
  }),
];
