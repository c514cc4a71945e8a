import type { Stroke } from '../../parts/stroke.ts';

/** The losses that stand side by side, in the order of their legend. */
export const lossNames = [
  'zeroOne',
  'hinge',
  'logistic',
  'softmax',
  'focal',
  'additive',
  'arcFace',
  'largeMargin',
] as const;
export type LossName = (typeof lossNames)[number];

/** Those whose margin is an angle: they see features only by their direction. */
export const isAngular = (name: LossName): boolean =>
  name === 'additive' || name === 'arcFace' || name === 'largeMargin';

/** What the losses with a knob are set to. */
export interface MarginSettings {
  /** How many classes softmax and focal loss have; all wrong ones have the same logit. */
  readonly classes: number;
  /** How much focal loss turns easy examples down. */
  readonly gamma: number;
  /** The length that features are brought to, by those with an angle: the margin is 2s·cos θ. */
  readonly scale: number;
  /** What additive margin softmax takes off the right cosine. */
  readonly cosine: number;
  /** What ArcFace adds to the right angle, in radians. */
  readonly angle: number;
  /** What L-softmax multiplies it by. */
  readonly multiple: number;
}

/** How a loss is drawn. */
export const strokes: Readonly<Record<LossName, Stroke>> = {
  zeroOne: { colour: 'var(--ink)' },
  hinge: { colour: 'var(--orange)' },
  logistic: { colour: 'var(--blue)' },
  softmax: { colour: 'var(--grey)', dash: '9 4' },
  focal: { colour: 'var(--green)', dash: '2 3' },
  additive: { colour: 'var(--pink)', dash: '10 3 2 3' },
  arcFace: { colour: 'var(--yellow)', dash: '5 3' },
  largeMargin: { colour: 'var(--violet)', dash: '14 3 2 3 2 3' },
};
