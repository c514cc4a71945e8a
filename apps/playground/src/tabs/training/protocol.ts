import type { EngineInfo } from '@tapegrad/core';
import type { Failure } from '../../worker/protocol.ts';
import type { Stroke } from './digit.ts';
import type { DigitKind } from './digitKinds.ts';
import type { Evaluation } from './evaluation.ts';
import type { GradientSize, Numbers, Sight } from './look.ts';
import type { NetName } from './nets.ts';
import type { TrainingSettings } from './training.ts';

/*
 * A training is no question with one answer: the page tells the worker what to do, and the worker reports as it goes on.
 */

/** The image that is looked at: one of the test images, or one drawn by the reader. */
export type Subject =
  | { readonly kind: 'test'; readonly index: number }
  | { readonly kind: 'drawn'; readonly strokes: readonly Stroke[] };

/** What the page tells the worker. */
export type Order =
  /**
   * Builds a net anew; `threads` are those that compute, as many as there are cores where it is left out. The digits are those
   * to draw, where no files were given.
   */
  | {
      readonly kind: 'begin';
      readonly settings: TrainingSettings;
      readonly threads: number | undefined;
      readonly digits: DigitKind;
    }
  | { readonly kind: 'train' | 'pause' | 'step' | 'test' | 'weights' }
  | { readonly kind: 'learningRate'; readonly rate: number }
  | { readonly kind: 'look'; readonly subject: Subject }
  /** Takes the images from these files; without any, draws them. The training begins anew. */
  | { readonly kind: 'images'; readonly files: readonly File[] }
  /** Takes the weights of a file that was downloaded here, and builds the net that they are of. */
  | { readonly kind: 'load'; readonly file: File };

export interface ImagesReport {
  readonly trainCount: number;
  readonly testCount: number;
  readonly isBuiltIn: boolean;
  readonly origin: string;
}

/** A net that is ready to be trained. */
export interface Beginning {
  readonly kind: 'begun';
  readonly net: NetName;
  /** Whether its weights came from a file: it may know a lot already. */
  readonly isLoaded: boolean;
  readonly images: ImagesReport;
  readonly engine: Pick<EngineInfo, 'engine' | 'threads' | 'sharedMemory' | 'notes'>;
  readonly parameterCount: number;
  readonly stepsInEpoch: number;
}

/** The steps since the last report, in order. */
export interface Progress {
  readonly kind: 'progress';
  readonly isRunning: boolean;
  readonly epoch: number;
  /** How many steps were taken in all. */
  readonly step: number;
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
  readonly milliseconds: readonly number[];
  /** Quick tests, each after so many steps. */
  readonly tests: readonly { readonly step: number; readonly accuracy: number }[];
}

/** What there is to be seen of a net after so many steps. */
export interface View {
  readonly kind: 'view';
  readonly step: number;
  /** The filters of the first convolution, `[filters, 1, 5, 5]`, and ∂loss/∂filters of the step before, if there was one. */
  readonly filters: Numbers;
  readonly filterGradients: Numbers | undefined;
  readonly gradientSizes: readonly GradientSize[] | undefined;
  readonly subject: Subject;
  readonly pixels: Uint8Array;
  /** What the image is, where that is known. */
  readonly label: number | undefined;
  readonly sight: Sight;
}

/** What the worker tells the page. */
export type Report =
  | Beginning
  | Progress
  | View
  | { readonly kind: 'tested'; readonly step: number; readonly evaluation: Evaluation }
  | { readonly kind: 'weights'; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly during: Order['kind']; readonly failure: Failure };
