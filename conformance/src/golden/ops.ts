import type { NumericOp } from '../numeric/numericCase.ts';
import { activations } from './activations.ts';
import { classification } from './classification.ts';
import { clipping } from './clipping.ts';
import { convolutions } from './convolutions.ts';
import { elementwise } from './elementwise.ts';
import { graphs } from './graphs.ts';
import { images } from './images.ts';
import { indexing } from './indexing.ts';
import { initialisers } from './initialisers.ts';
import { losses } from './losses.ts';
import { normalisations } from './normalisations.ts';
import { optimisers } from './optimisers.ts';
import { poolings } from './poolings.ts';
import { reductions } from './reductions.ts';
import { schedules } from './schedules.ts';
import { shapes } from './shapes.ts';

/** All ops of the golden cases that tapegrad has, by their names there. `train_cnn` needs images and comes beside. */
export const goldenOps: Readonly<Record<string, NumericOp>> = {
  ...elementwise,
  ...activations,
  ...reductions,
  ...indexing,
  ...shapes,
  ...images,
  ...poolings,
  ...normalisations,
  ...convolutions,
  ...losses,
  ...classification,
  ...graphs,
  ...optimisers,
  ...clipping,
  ...schedules,
  ...initialisers,
};
