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

/** How a loss is drawn: told apart by its dashes and its label as well as by its colour. */
export const strokes: Readonly<Record<LossName, { readonly colour: string; readonly dash: string | undefined }>> = {
  zeroOne: { colour: 'var(--ink)', dash: undefined },
  hinge: { colour: 'var(--margins-hinge)', dash: undefined },
  logistic: { colour: 'var(--margins-logistic)', dash: undefined },
  softmax: { colour: 'var(--margins-softmax)', dash: '9 4' },
  focal: { colour: 'var(--margins-focal)', dash: '2 3' },
  additive: { colour: 'var(--margins-additive)', dash: '10 3 2 3' },
  arcFace: { colour: 'var(--margins-arc)', dash: '5 3' },
  largeMargin: { colour: 'var(--margins-large)', dash: '14 3 2 3 2 3' },
};
