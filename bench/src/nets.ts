/** One layer, in words that every competitor understands. */
export type LayerForm =
  | { readonly kind: 'conv2d'; readonly outChannels: number; readonly kernelSize: number }
  | { readonly kind: 'relu' | 'maxPool2d' | 'flatten' }
  | { readonly kind: 'dense'; readonly outFeatures: number };

export type NetName = 'small' | 'big';

export const classes = 10;
/** Channels, height and width of an image. */
export const imageShape = [1, 28, 28] as const;
export const imageSize = imageShape[0] * imageShape[1] * imageShape[2];
export const learningRate = 1e-3;

/** The two nets. Convolutions are without padding, poolings are 2×2. */
export const nets: Readonly<Record<NetName, readonly LayerForm[]>> = {
  small: [
    { kind: 'conv2d', outChannels: 8, kernelSize: 5 },
    { kind: 'relu' },
    { kind: 'maxPool2d' },
    { kind: 'conv2d', outChannels: 16, kernelSize: 5 },
    { kind: 'relu' },
    { kind: 'maxPool2d' },
    { kind: 'flatten' },
    { kind: 'dense', outFeatures: classes },
  ],
  big: [
    { kind: 'conv2d', outChannels: 32, kernelSize: 3 },
    { kind: 'relu' },
    { kind: 'conv2d', outChannels: 64, kernelSize: 3 },
    { kind: 'relu' },
    { kind: 'maxPool2d' },
    { kind: 'flatten' },
    { kind: 'dense', outFeatures: 128 },
    { kind: 'relu' },
    { kind: 'dense', outFeatures: classes },
  ],
};

export const netNames = Object.keys(nets) as NetName[];

/** What a layer with weights works on: `shape` is that of one input, without the batch axis. */
export interface Work {
  readonly shape: readonly number[];
  readonly layer: Extract<LayerForm, { kind: 'conv2d' | 'dense' }>;
}

/** The layers with weights, each with the shape of its input. */
export function workOf(net: NetName): Work[] {
  const work: Work[] = [];
  let shape: readonly number[] = imageShape;
  for (const layer of nets[net]) {
    if (layer.kind === 'conv2d' || layer.kind === 'dense') work.push({ shape, layer });
    shape = shapeAfter(layer, shape);
  }
  return work;
}

export function shapeAfter(layer: LayerForm, shape: readonly number[]): readonly number[] {
  const [channels, height, width] = shape;
  switch (layer.kind) {
    case 'conv2d':
      return [layer.outChannels, height - layer.kernelSize + 1, width - layer.kernelSize + 1];
    case 'maxPool2d':
      return [channels, height / 2, width / 2];
    case 'flatten':
      return [shape.reduce((product, length) => product * length, 1)];
    case 'dense':
      return [layer.outFeatures];
    case 'relu':
      return shape;
  }
}

/** Multiplications and additions of one forward pass through a layer with weights, for one image. */
export function floatingPointOperations({ shape, layer }: Work): number {
  const output = shapeAfter(layer, shape).reduce((product, length) => product * length, 1);
  return 2 * output * (layer.kind === 'conv2d' ? shape[0] * layer.kernelSize ** 2 : shape[0]);
}

/**
 * Multiplications and additions of one training step for one image: forward, gradient of the weights and, but for the
 * first layer, gradient of the input cost the same.
 */
export function stepOperations(net: NetName): number {
  return workOf(net).reduce((sum, work, index) => sum + (index === 0 ? 2 : 3) * floatingPointOperations(work), 0);
}
