import { exponential } from '@tapegrad/core/authors';

/** The weights of a Gaussian from its middle to three deviations, or to the size of the picture; both sides sum to 1. */
export function gaussian(deviation: number, longest: number): Float64Array {
  const reach = Math.min(Math.ceil(3 * deviation), longest);
  const weights = Float64Array.from({ length: reach + 1 }, (_, far) =>
    exponential(-(far * far) / (2 * deviation * deviation)),
  );
  const sum = weights.reduce((total, weight, far) => total + (far === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

/** A field of height × width numbers smoothed along both axes; beyond its edge there is nothing. */
export function smooth(field: Float64Array, height: number, width: number, weights: Float64Array): Float64Array {
  const along = new Float64Array(field.length);
  for (let far = 1 - weights.length; far < weights.length; far++) {
    const weight = weights[Math.abs(far)];
    const [from, to] = [Math.max(0, -far), Math.min(width, width - far)];
    for (let row = 0; row < height; row++) {
      for (let at = row * width + from; at < row * width + to; at++) along[at] += weight * field[at + far];
    }
  }
  const smoothed = new Float64Array(field.length);
  for (let far = 1 - weights.length; far < weights.length; far++) {
    const weight = weights[Math.abs(far)];
    const [from, to] = [Math.max(0, -far), Math.min(height, height - far)];
    for (let at = from * width; at < to * width; at++) smoothed[at] += weight * along[at + far * width];
  }
  return smoothed;
}
