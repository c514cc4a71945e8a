import type { LossName, LossSettings } from './losses.ts';

/** The curves that can be drawn. */
export const curveNames = ['sine', 'line'] as const;
export type CurveName = (typeof curveNames)[number];

/** The forms in which a result can be had. */
export const formats = ['text', 'json'] as const;
export type Format = (typeof formats)[number];

/** Which points are drawn. */
export interface DataRequest {
  readonly data: CurveName;
  /** How many points. */
  readonly count: number;
  /** Standard deviation of the noise on each. */
  readonly noise: number;
  /** The share of outliers, from 0 to 1. */
  readonly outliers: number;
  /** How far off an outlier lies at least; at most twice as far. */
  readonly distance: number;
  /** Of the points, and of the first weights of the network. */
  readonly seed: number;
}

/** How the network is made and trained. */
export interface TrainingRequest {
  /** How many hidden units it has. */
  readonly hidden: number;
  readonly steps: number;
  /** The rate to begin with; it falls to 0 along a cosine. */
  readonly learningRate: number;
}

/** What the command line asks for. */
export interface Request extends DataRequest, TrainingRequest, LossSettings {
  readonly losses: readonly LossName[];
  /** The file for the picture; without one there is none. */
  readonly svg?: string;
  readonly format: Format;
}
