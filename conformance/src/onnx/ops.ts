import { elementwise } from './elementwise.ts';
import { images } from './images.ts';
import type { OnnxOp } from './node.ts';
import { optimisers } from './optimisers.ts';
import { reductions } from './reductions.ts';
import { shapes } from './shapes.ts';

/** All ONNX operators that tapegrad has. */
export const onnxOps: Readonly<Record<string, OnnxOp>> = {
  ...elementwise,
  ...reductions,
  ...shapes,
  ...images,
  ...optimisers,
};
