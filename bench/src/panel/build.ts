import {
  AvgPool1d,
  AvgPool2d,
  BatchNorm,
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  Dense,
  Dropout,
  Flatten,
  GELU,
  GlobalAvgPool1d,
  GlobalAvgPool2d,
  GroupNorm,
  type Layer,
  MaxPool1d,
  MaxPool2d,
  ReLU,
  Residual,
  Sigmoid,
  Tanh,
} from '../tapegrad/nn.ts';
import type { ConvolutionForm, PanelLayer, PoolingForm } from './layers.ts';

const convolutions = { 1: Conv1d, 2: Conv2d, 3: Conv3d };
const transposed = { 1: ConvTranspose1d, 2: ConvTranspose2d, 3: ConvTranspose3d };
const poolings = { maxPool: { 1: MaxPool1d, 2: MaxPool2d }, avgPool: { 1: AvgPool1d, 2: AvgPool2d } };

/** A layer of the panel as one of tapegrad. */
export function layerOf(form: PanelLayer): Layer {
  switch (form.kind) {
    case 'conv':
    case 'convTranspose':
      return convolution(form);
    case 'maxPool':
    case 'avgPool':
      return pooling(form);
    case 'dense':
      return new Dense({ outFeatures: form.outFeatures });
    case 'batchNorm':
      return new BatchNorm();
    case 'groupNorm':
      return new GroupNorm({ groups: form.groups });
    case 'dropout':
      return new Dropout({ rate: form.rate });
    case 'globalAvgPool':
      return form.axes === 1 ? new GlobalAvgPool1d() : new GlobalAvgPool2d();
    case 'relu':
      return new ReLU();
    case 'tanh':
      return new Tanh();
    case 'sigmoid':
      return new Sigmoid();
    case 'gelu':
      return new GELU();
    case 'flatten':
      return new Flatten();
    case 'residual': {
      const { body, shortcut } = form;
      return new Residual(body.map(layerOf), shortcut && { shortcut: shortcut.map(layerOf) });
    }
  }
}

function convolution({ kind, axes, outputPadding, ...options }: ConvolutionForm): Layer {
  if (kind === 'conv') return new convolutions[axes](options);
  return new transposed[axes]({ ...options, outputPadding });
}

function pooling({ kind, axes, ...options }: PoolingForm): Layer {
  return new poolings[kind][axes](options);
}
