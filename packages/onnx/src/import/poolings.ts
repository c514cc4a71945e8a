import { sizeOf } from '@tapegrad/core/authors';
import { AvgPool1d, AvgPool2d, AvgPool3d, MaxPool1d, MaxPool2d, MaxPool3d } from '@tapegrad/nn';
import { globalPooling } from './globalPoolings.ts';
import { otherShape, type Recipe, recipe, type Translate, type Translation } from './translate.ts';
import { padded, type ReadWindow, readWindow } from './window.ts';

const spatial = '[channels, …] with one to three spatial axes';

/** Poolings, by operation. */
export const poolings: Readonly<Record<string, Translate>> = {
  MaxPool: (translation) => {
    const { attributes } = translation;
    attributes.only('storage_order', 0);
    const { window, ceilMode } = readPooling(translation);
    if (window.kernel.length === 1) {
      const options = { ...alongSignal(window), ceilMode };
      return recipe(() => new MaxPool1d(options));
    }
    const options = { ...along(window), ceilMode };
    return recipe(() => (window.kernel.length === 2 ? new MaxPool2d(options) : new MaxPool3d(options)));
  },
  AveragePool: (translation) => {
    const { node, shelf } = translation;
    // Of a pooling times a factor, the options stand at the pooling.
    const attributes = node.roles?.nodes.get('AveragePool')?.attributes ?? translation.attributes;
    const { window: own, ceilMode } = readPooling({ ...translation, attributes });
    const window = padded(translation, own);
    // Zeros that a node before it has put around count.
    const countIncludePad = attributes.whole('count_include_pad', 0) !== 0 || window !== own;
    const ratio = node.roles?.constants.get('ratio');
    if (window.kernel.length === 1 && ratio === undefined) {
      const options = { ...alongSignal(window), ceilMode, countIncludePad };
      return recipe(() => new AvgPool1d(options));
    }
    if (ratio === undefined) {
      const options = { ...along(window), ceilMode, countIncludePad };
      return recipe(() => (window.kernel.length === 2 ? new AvgPool2d(options) : new AvgPool3d(options)));
    }
    const factor = shelf.number(node.label, shelf.constant(node.label, ratio, 'factor'));
    const isWhole = countIncludePad || window.padding.every(([before, after]) => before + after === 0);
    if (window.kernel.length !== 2 || ceilMode || !isWhole) {
      throw attributes.refuse(
        'count_include_pad',
        'means of fewer numbers at the edge, times a factor',
        'sums by one divisor',
      );
    }
    const size = sizeOf(window.kernel);
    const options = { ...along(window), divisorOverride: divisor(size, factor) };
    return recipe(() => new AvgPool2d(options));
  },
  GlobalAveragePool: (translation) => global(translation, 'mean'),
  GlobalMaxPool: (translation) => global(translation, 'max'),
};

function readPooling(translation: Translation): { window: ReadWindow; ceilMode: boolean } {
  const { attributes, inputShape } = translation;
  const axes = inputShape.length - 1;
  if (axes < 1 || axes > 3) throw otherShape(translation, spatial);
  return { window: readWindow(translation, axes), ceilMode: attributes.whole('ceil_mode', 0) !== 0 };
}

function alongSignal({ kernel, stride, padding, dilation }: ReadWindow) {
  return { kernelSize: kernel[0], stride: stride[0], padding: padding[0], dilation: dilation[0] };
}

function along({ kernel, stride, padding, dilation }: ReadWindow) {
  return { kernelSize: kernel, stride, padding, dilation };
}

/** The divisor d of a window of `size` for which size / d is the factor: a whole one if there is one. */
function divisor(size: number, factor: number): number {
  const found = size / factor;
  const whole = Math.round(found);
  if (Math.abs(found - whole) < 1e-4 && whole !== 0) return whole;
  return found;
}

function global(translation: Translation, by: 'mean' | 'max'): Recipe {
  const Pooling = globalPooling(by, translation.inputShape.length - 1);
  if (Pooling) return recipe(() => new Pooling({ keepDims: true }));
  throw otherShape(translation, spatial);
}
