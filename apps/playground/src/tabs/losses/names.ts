/** The losses that stand side by side, in the order of their legend. */
export const lossNames = ['l2', 'l1', 'huber', 'smoothL1', 'logCosh', 'quantile', 'halfSquared'] as const;
export type LossName = (typeof lossNames)[number];

/** Something for each loss. */
export function forEachLoss<Value>(of: (name: LossName) => Value): Readonly<Record<LossName, Value>> {
  return {
    l2: of('l2'),
    l1: of('l1'),
    huber: of('huber'),
    smoothL1: of('smoothL1'),
    logCosh: of('logCosh'),
    quantile: of('quantile'),
    halfSquared: of('halfSquared'),
  };
}

/** What the losses with a knob are set to. */
export interface LossSettings {
  /** Huber's: where its parabola goes over into a line. */
  readonly delta: number;
  /** That of smooth L1. */
  readonly beta: number;
  /** The quantile: the share of targets that should lie below the prediction. */
  readonly tau: number;
}

/** How a loss is drawn: told apart by its dashes and its label as well as by its colour. */
export const strokes: Readonly<Record<LossName, { readonly colour: string; readonly dash: string | undefined }>> = {
  l2: { colour: 'var(--losses-l2)', dash: undefined },
  l1: { colour: 'var(--losses-l1)', dash: '9 4' },
  huber: { colour: 'var(--losses-huber)', dash: '2 3' },
  smoothL1: { colour: 'var(--losses-smooth-l1)', dash: '10 3 2 3' },
  logCosh: { colour: 'var(--losses-log-cosh)', dash: '5 3' },
  quantile: { colour: 'var(--losses-quantile)', dash: '14 3 2 3 2 3' },
  halfSquared: { colour: 'var(--losses-half-squared)', dash: '3 5' },
};
