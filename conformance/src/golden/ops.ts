import type { NumericOp } from '../numeric/numericCase.ts';
import { elementwise } from './elementwise.ts';
import { graphs } from './graphs.ts';
import { images } from './images.ts';
import { initialisers } from './initialisers.ts';
import { losses } from './losses.ts';
import { optimisers } from './optimisers.ts';
import { reductions } from './reductions.ts';
import { shapes } from './shapes.ts';

/** All ops of the golden cases that tapegrad has, by their names there. `train_cnn` needs images and comes beside. */
export const goldenOps: Readonly<Record<string, NumericOp>> = {
  ...elementwise,
  ...reductions,
  ...shapes,
  ...images,
  ...losses,
  ...graphs,
  ...optimisers,
  ...initialisers,
};
