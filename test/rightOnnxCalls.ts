import { Random } from '@tapegrad/core';
import { Dense, Sequential } from '@tapegrad/nn';
import { exportOnnx } from '@tapegrad/onnx';
import type { RightCalls } from './rightCalls.ts';

const model = (): Sequential =>
  new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
const write = () => '';

export const onnxCalls: RightCalls = {
  exportOnnx: () => [model(), { name: 'digits' }],
  exporting: () => [Dense, write],
  float: () => [0.5],
  importOnnx: () => [exportOnnx(model()), { inputShape: [3] }],
};
