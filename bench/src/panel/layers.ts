/** One layer of a net of the panel, in words that tapegrad and PyTorch both understand: it travels to Python as JSON. */
export type PanelLayer =
  | ConvolutionForm
  | PoolingForm
  | { readonly kind: 'dense'; readonly outFeatures: number }
  | { readonly kind: 'groupNorm'; readonly groups: number }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'globalAvgPool'; readonly axes: 1 | 2 }
  | { readonly kind: 'batchNorm' | 'relu' | 'tanh' | 'sigmoid' | 'gelu' | 'flatten' }
  | { readonly kind: 'residual'; readonly body: readonly PanelLayer[]; readonly shortcut?: readonly PanelLayer[] };

/** A convolution over so many axes; transposed where it says so. What is left out is stride 1, no padding, with a bias. */
export interface ConvolutionForm {
  readonly kind: 'conv' | 'convTranspose';
  readonly axes: 1 | 2 | 3;
  readonly outChannels: number;
  readonly kernelSize: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly dilation?: number;
  readonly groups?: number;
  readonly outputPadding?: number;
  readonly bias?: boolean;
}

/** A pooling; the stride is that of PyTorch where it is left out, the kernel's size. */
export interface PoolingForm {
  readonly kind: 'maxPool' | 'avgPool';
  readonly axes: 1 | 2;
  readonly kernelSize: number;
  readonly stride?: number;
}

/** What the outputs are held against: classes for each sample or each pixel, the input itself, or one number. */
export type PanelTarget =
  | { readonly kind: 'classes' | 'pixels'; readonly count: number }
  | { readonly kind: 'input' | 'value' };

/** A net, the shape of one input without the batch axis, and what it learns. */
export interface PanelNet {
  readonly about: string;
  readonly batch: number;
  readonly input: readonly number[];
  readonly target: PanelTarget;
  readonly layers: readonly PanelLayer[];
}
