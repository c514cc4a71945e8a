import type { IsOnlyReadBy, Match, Pattern } from '../tape/pattern.ts';
import { sameShape } from '../tensor/shape.ts';
import { flatten } from '../tensor/strided.ts';
import type { Entry, Tensor } from '../tensor/tensor.ts';
import { asShifted, type Shifted } from './readNormalisation.ts';

/*
 * Normalisation with scale and shift, and a sum or a relu after it, from x and its moments. The standardised numbers are not
 * written at all: the derivatives compute them from x again. Forward, x is read twice, for the moments and for the output.
 * The product with the scale is not rounded before the shift is added, so the bits are not those of the ops one after the
 * other. Therefore the patterns apply whenever these ops are recorded in a row, whatever else is computed.
 */

function matchOf(
  { x, form, statistics, statisticsFrom, weight, bias, inner }: Shifted,
  between: readonly Tensor[],
  residual: Tensor | null,
  withRelu: boolean,
): Match {
  return {
    inner: [...inner, ...between],
    reads: [x, ...statisticsFrom, weight, bias, ...(residual ? [residual] : [])],
    value: (y, memory) => {
      const [numbers, scale, shift] = [x, weight, bias].map(({ view }) => flatten(view, memory));
      const other = residual && flatten(residual.view, memory);
      form.normalise(numbers, statistics(memory), scale, shift, other, y, withRelu ? 1 : 0);
    },
  };
}

type Read = (output: Tensor) => Shifted | null;

/** Reads a sum of which one side is a normalisation that nothing else reads. Its bits are those of the two ops one after the other. */
function asResidual(
  sum: Tensor,
  read: Read,
  isOnlyReadBy: IsOnlyReadBy,
): { shifted: Shifted; between: Tensor; other: Tensor } | null {
  const { operation, inputs } = sum.entry as Entry;
  if (operation !== 'add' || !sameShape(inputs.x.shape, inputs.y.shape)) return null;
  // Of two normalisations the one is the other's residual.
  for (const [between, other] of [
    [inputs.x, inputs.y],
    [inputs.y, inputs.x],
  ]) {
    const shifted = between === other || !isOnlyReadBy(between, sum) ? null : read(between);
    if (shifted) return { shifted, between, other };
  }
  return null;
}

/** A normalisation as `read` finds it, made by such ops: alone, with a residual sum, with relu, and with both. */
export function normalisations(ops: string, read: Read): readonly Pattern[] {
  return [
    {
      name: `${ops}, multiply, add`,
      last: 'add',
      match: (output) => {
        const shifted = read(output);
        return shifted && matchOf(shifted, [], null, false);
      },
    },
    {
      name: `${ops}, multiply, add, add`,
      last: 'add',
      match: (output, isOnlyReadBy) => {
        const found = asResidual(output, read, isOnlyReadBy);
        return found && matchOf(found.shifted, [found.between], found.other, false);
      },
    },
    {
      name: `${ops}, multiply, add, relu`,
      last: 'relu',
      match: (output, isOnlyReadBy) => {
        const activated = output.entry?.inputs.x;
        const shifted = activated && isOnlyReadBy(activated, output) ? read(activated) : null;
        return activated && shifted ? matchOf(shifted, [activated], null, true) : null;
      },
    },
    {
      name: `${ops}, multiply, add, add, relu`,
      last: 'relu',
      match: (output, isOnlyReadBy) => {
        const activated = output.entry?.inputs.x;
        const isBetween = activated?.entry && isOnlyReadBy(activated, output);
        const found = isBetween ? asResidual(activated, read, isOnlyReadBy) : null;
        return activated && found ? matchOf(found.shifted, [activated, found.between], found.other, true) : null;
      },
    },
  ];
}

/** By statistics that are taken from x. */
export const normalised: readonly Pattern[] = /* @__PURE__ */ normalisations('standardise', asShifted);
