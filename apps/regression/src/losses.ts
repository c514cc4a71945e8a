import type { Tensor } from '@tapegrad/core';
import { huberLoss, l1Loss, logCoshLoss, mseLoss, quantileLoss, smoothL1Loss } from '@tapegrad/nn';

/** The losses that can stand side by side, in the order in which they are shown. */
export const lossNames = ['l2', 'l1', 'huber', 'smooth-l1', 'log-cosh', 'quantile'] as const;
export type LossName = (typeof lossNames)[number];

/** What the losses with a knob are set to. */
export interface LossSettings {
  /** Huber's: where its parabola goes over into a line. */
  readonly delta: number;
  /** That of smooth L1. */
  readonly beta: number;
  /** The share of targets that should lie below the prediction. */
  readonly quantile: number;
}

/** A loss of the distance d = prediction - target. */
export interface LossForm {
  readonly title: string;
  /** With its setting, if it has one. */
  readonly titleWith: (settings: LossSettings) => string;
  /** By the prediction, in plain signs: how hard a point at the distance d pulls, and which way. */
  readonly slope: (settings: LossSettings) => string;
  /** The mean over all points. */
  readonly compute: (prediction: Tensor, target: Tensor, settings: LossSettings) => Tensor;
}

/** The losses by name. */
export const losses: Readonly<Record<LossName, LossForm>> = {
  l2: {
    title: 'L2',
    titleWith: () => 'L2',
    slope: () => '2d',
    compute: (prediction, target) => mseLoss(prediction, target),
  },
  l1: {
    title: 'L1',
    titleWith: () => 'L1',
    slope: () => 'the sign of d',
    compute: (prediction, target) => l1Loss(prediction, target),
  },
  huber: {
    title: 'Huber',
    titleWith: ({ delta }) => `Huber, δ = ${delta}`,
    slope: ({ delta }) => `d, held between -${delta} and ${delta}`,
    compute: (prediction, target, { delta }) => huberLoss(prediction, target, { delta }),
  },
  'smooth-l1': {
    title: 'Smooth L1',
    titleWith: ({ beta }) => `Smooth L1, β = ${beta}`,
    slope: ({ beta }) => (beta === 0 ? 'the sign of d' : `d/${beta}, held between -1 and 1`),
    compute: (prediction, target, { beta }) => smoothL1Loss(prediction, target, { beta }),
  },
  'log-cosh': {
    title: 'Log-cosh',
    titleWith: () => 'Log-cosh',
    slope: () => 'tanh d',
    compute: (prediction, target) => logCoshLoss(prediction, target),
  },
  quantile: {
    title: 'Quantile',
    titleWith: ({ quantile }) => `Quantile, q = ${quantile}`,
    slope: ({ quantile }) => `-${quantile} below the target, ${Number((1 - quantile).toPrecision(12))} above it`,
    compute: (prediction, target, { quantile }) => quantileLoss(prediction, target, { quantile }),
  },
};
