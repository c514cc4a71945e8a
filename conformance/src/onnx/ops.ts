import { activations } from './activations.ts';
import { classification } from './classification.ts';
import { convolutions } from './convolutions.ts';
import { elementwise } from './elementwise.ts';
import { indexing } from './indexing.ts';
import type { OnnxOp } from './node.ts';
import { normalisations } from './normalisations.ts';
import { optimisers } from './optimisers.ts';
import { poolings } from './poolings.ts';
import { reductions } from './reductions.ts';
import { shapes } from './shapes.ts';

/** All ONNX operators that tapegrad has. */
export const onnxOps: Readonly<Record<string, OnnxOp>> = {
  ...elementwise,
  ...activations,
  ...reductions,
  ...indexing,
  ...classification,
  ...shapes,
  ...poolings,
  ...normalisations,
  ...convolutions,
  ...optimisers,
};
