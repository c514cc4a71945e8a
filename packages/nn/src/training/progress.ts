/** How far a run has come: where a checkpoint is taken, and where training goes on. */
export interface Progress {
  /** Steps taken in all. */
  readonly step: number;
  /** The epoch that is running, counted from 1. */
  readonly epoch: number;
  /** Steps taken in it. */
  readonly stepInEpoch: number;
  /** The sum of their losses. */
  readonly totalLoss: number;
}
