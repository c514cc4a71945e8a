import {
  GlobalAvgPool1d,
  GlobalAvgPool2d,
  GlobalAvgPool3d,
  GlobalMaxPool1d,
  GlobalMaxPool2d,
  GlobalMaxPool3d,
  type Layer,
} from '@tapegrad/nn';

/** A pooling of everything along all spatial axes. */
type GlobalPooling = new (options: { readonly keepDims: boolean }) => Layer;

const layers: Readonly<Record<string, readonly GlobalPooling[]>> = {
  mean: [GlobalAvgPool1d, GlobalAvgPool2d, GlobalAvgPool3d],
  max: [GlobalMaxPool1d, GlobalMaxPool2d, GlobalMaxPool3d],
};

/** The layer that makes one number of each channel, by a mean or a maximum over so many spatial axes; `undefined` where there is none. */
export function globalPooling(by: string, spatialAxes: number): GlobalPooling | undefined {
  return layers[by]?.[spatialAxes - 1];
}
