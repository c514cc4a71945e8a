import type { Stroke } from '../../parts/stroke.ts';

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

/** How a loss is drawn. */
export const strokes: Readonly<Record<LossName, Stroke>> = {
  l2: { colour: 'var(--orange)' },
  l1: { colour: 'var(--blue)', dash: '9 4' },
  huber: { colour: 'var(--green)', dash: '2 3' },
  smoothL1: { colour: 'var(--pink)', dash: '10 3 2 3' },
  logCosh: { colour: 'var(--yellow)', dash: '5 3' },
  quantile: { colour: 'var(--ink)', dash: '14 3 2 3 2 3' },
  halfSquared: { colour: 'var(--grey)', dash: '3 5' },
};
