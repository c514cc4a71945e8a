import type { Memory } from '../engine/memory.ts';
import type { Pattern } from '../tape/pattern.ts';
import { sameShape } from '../tensor/shape.ts';
import { flatten } from '../tensor/strided.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { normalisations } from './normalisation.ts';
import { byChannel, isPerChannel } from './normalisedChannels.ts';
import { shortestLine } from './normalisedForm.ts';
import { asScaled, type Shifted } from './readNormalisation.ts';

/*
 * (x - mean)/deviation·weight + bias with a mean and a deviation for each channel that are given, as batch normalisation has
 * them in use: x is read once, and nothing is written between. The kernel is the one for statistics that are taken from x.
 */

/** Reads the output of an op as such a normalisation. */
function asGiven(output: Tensor): Shifted | null {
  const found = asScaled(output);
  const divided = found?.y.entry;
  const centred = divided?.operation === 'divide' ? divided.inputs.x : undefined;
  if (!found || !divided || centred?.entry?.operation !== 'subtract') return null;
  const { x, y: mean } = centred.entry.inputs;
  const deviation = divided.inputs.y;
  if (x.rank < 3 || x.size === 0 || !sameShape(x.shape, output.shape)) return null;
  if (![mean, deviation, found.weight, found.bias].every((numbers) => isPerChannel(numbers, x))) return null;
  const [batch, channels] = x.shape;
  const plane = x.size / (batch * channels);
  if (plane < shortestLine || !isRoot(deviation)) return null;
  return {
    x,
    form: byChannel(x, 0, 0),
    statistics: (memory) => momentsOf(mean, deviation, memory),
    statisticsFrom: [mean, deviation],
    weight: found.weight,
    bias: found.bias,
    inner: [found.scaled, found.y, centred],
  };
}

/** Whether it is above 0: a root that will be taken, or numbers that are there and stay. */
function isRoot(x: Tensor): boolean {
  return x.entry ? x.entry.operation === 'sqrt' : [...x.toFlatArray()].every((number) => number > 0);
}

/** [mean, 0, deviation²] of each channel: the square of a float32 is whole in float64, and its root is that number again. */
function momentsOf(mean: Tensor, deviation: Tensor, memory: Memory): Float64Array {
  const [means, deviations] = [mean, deviation].map(({ view }) => flatten(view, memory));
  const moments = new Float64Array(3 * means.length);
  for (let channel = 0; channel < means.length; channel++) {
    moments[3 * channel] = means[channel];
    moments[3 * channel + 2] = deviations[channel] ** 2;
  }
  return moments;
}

/** By statistics that are given. */
export const normalisedAsGiven: readonly Pattern[] = /* @__PURE__ */ normalisations('subtract, divide', asGiven);
