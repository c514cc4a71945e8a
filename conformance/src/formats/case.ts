import type { TrainingImages } from '../golden/trainingImages.ts';

/** One case of a file, ready to be run. */
export interface Case {
  readonly op: string;
  readonly name: string;
  /** Runs it; throws what is wrong with it. */
  readonly run: (world: World) => void;
  /** Whether a difference is no error: PyTorch's own way, which a careful implementation may do otherwise. */
  readonly isQuirk: boolean;
}

/** What cases may need beside themselves. */
export interface World {
  readonly trainingImages: TrainingImages;
}
