import type { InterpolationMode } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { Upsample } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { around } from './padding.ts';
import { otherShape, type Recipe, recipe, resolved, type Translate, type Translation } from './translate.ts';

/** The mode of an upsampling by its number of spatial axes. */
const mixing = ['linear', 'bilinear', 'trilinear'] as const;

/** What ONNX's modes of padding are called here. */
const modes = { constant: 'constant', reflect: 'reflect', edge: 'replicate', wrap: 'circular' } as const;

/** Images at another size, and with something put around, by operation. */
export const resizing: Readonly<Record<string, Translate>> = {
  Resize: (translation) => {
    const { node, attributes, opset } = translation;
    for (const name of ['cubic_coeff_a', 'extrapolation_value', 'exclude_outside']) attributes.ignore(name);
    attributes.only('antialias', 0);
    attributes.word('keep_aspect_ratio_policy', ['stretch']);
    // In opset 10 the factors came second; since then the second input is a region that is cut out, which is not done here.
    const [scales, sizes] = opset < 11 ? [node.inputs[1], undefined] : [node.inputs[2], node.inputs[3]];
    return resized(translation, { scales, sizes, axes: attributes.wholes('axes', []) });
  },
  /** The same, until opset 9: by factors, as an option or an input, and by whole quotients. */
  Upsample: (translation) => {
    const { node, attributes } = translation;
    const factors = attributes.floats('scales');
    return resized(translation, {
      scales: node.inputs[1],
      sizes: undefined,
      axes: [],
      ...(factors && { factors: [...factors] }),
    });
  },
  Pad: (translation) => {
    const { node, attributes, shelf } = translation;
    const mode = modes[attributes.word('mode', ['constant', 'reflect', 'edge', 'wrap'])];
    const pads = readPads(translation);
    const constant = shelf.optional(node.label, node.inputs[2], 'value');
    const value = constant ? shelf.number(node.label, constant) : attributes.float('value', 0);
    if (pads.length > 0 && pads.every((count) => count === 0)) return undefined;
    return around(translation, pads, { mode, ...(mode === 'constant' ? { value } : {}) });
  },
};

/** All paddings before, then all behind, of all axes; since opset 18 only some axes may be named. */
function readPads(translation: Translation): readonly number[] {
  const { node, attributes, inputShape, shelf } = translation;
  const listed = node.inputs[1] ? translation.shapeValue(node.inputs[1]) : attributes.wholes('pads', []);
  const pads = listed.map((count) => (count === 'batch' ? Number.NaN : count));
  const named = shelf.optional(node.label, node.inputs[3], 'list of axes');
  if (!named) return pads;
  const axes = shelf.wholes(node.label, named).map((axis) => resolved(axis, inputShape));
  const whole = new Array<number>(2 * (inputShape.length + 1)).fill(0);
  axes.forEach((axis, at) => {
    whole[axis] = pads[at];
    whole[axis + inputShape.length + 1] = pads[at + axes.length];
  });
  return whole;
}

interface Target {
  /** The values that hold factors or sizes. */
  readonly scales: string | undefined;
  readonly sizes: string | undefined;
  /** The factors, where they stand in the node. */
  readonly factors?: readonly number[];
  /** The axes that they are for; all if there are none. */
  readonly axes: readonly number[];
}

/** Images at another size, by factors or by sizes. */
function resized(translation: Translation, target: Target): Recipe {
  const { attributes, inputShape, shelf, node } = translation;
  const spatial = inputShape.length - 1;
  if (spatial < 1 || spatial > 3) throw otherShape(translation, '[channels, …] with one to three spatial axes');
  const isNearest = attributes.word('mode', ['nearest', 'linear']) === 'nearest';
  const constant = target.factors ? undefined : shelf.find(target.scales);
  const hasScales = target.factors !== undefined || (constant !== undefined && sizeOf(constant.shape) > 0);
  const numbers =
    target.factors ??
    (hasScales && constant ? [...shelf.weight(node.label, constant).toFlatArray()] : sizesOf(translation, target));
  const axes =
    target.axes.length > 0 ? target.axes.map((axis) => resolved(axis, inputShape)) : numbers.map((_, axis) => axis);
  const along = new Map(axes.map((axis, at) => [axis, numbers[at]]));
  const kept = hasScales ? 1 : inputShape[0];
  const first = along.get(0);
  const isBatchKept = first === undefined || first === 'batch' || first === (hasScales ? 1 : translation.batch);
  if (!isBatchKept || (along.get(1) ?? kept) !== kept) {
    throw attributes.refuse('scales or sizes', `[${numbers.slice(0, 8)}]`, 'another size along spatial axes alone');
  }
  const wanted = inputShape.slice(1).map((length, axis) => Number(along.get(axis + 2) ?? (hasScales ? 1 : length)));
  const factors = wanted.map((each, axis) => (hasScales ? each : each / inputShape[axis + 1]));
  const grown = wanted.reduce(
    (size, each, axis) => size * (hasScales ? inputShape[axis + 1] * each : each),
    inputShape[0],
  );
  if (!(grown >= 0 && grown < 2 ** 40))
    throw attributes.refuse('scales or sizes', `[${numbers.slice(0, 8)}]`, 'numbers above 0');
  // As many numbers as come out, so that a short file cannot ask for a huge image.
  shelf.spend(Math.ceil(grown));
  const transformation = readPositions(translation, isNearest, factors);
  const mode: InterpolationMode = isNearest ? 'nearest' : mixing[spatial - 1];
  const options = { mode, ...(isNearest ? {} : { alignCorners: transformation === 'align_corners' }) };
  if (!hasScales) return recipe(() => new Upsample({ ...options, size: wanted }));
  return recipe(() => new Upsample({ ...options, scale: wanted.map((factor) => Number(factor.toPrecision(7))) }));
}

function sizesOf(translation: Translation, { sizes, scales }: Target): readonly (number | 'batch')[] {
  const name = sizes || scales;
  if (name) return translation.shapeValue(name);
  throw translation.shelf.missing(translation.node.label, undefined, 'size');
}

/**
 * How positions are worked out: by centres of pixels or by corners for a mix; by whole quotients for repeated pixels, and all
 * that comes to the same where factors are whole numbers.
 */
function readPositions(
  { node, attributes, opset }: Translation,
  isNearest: boolean,
  factors: readonly number[],
): string {
  const isOld = node.op === 'Upsample' || opset < 11;
  const given = attributes.word('coordinate_transformation_mode', [
    'half_pixel',
    'align_corners',
    'asymmetric',
    'pytorch_half_pixel',
    'tf_half_pixel_for_nn',
  ]);
  const said = attributes.word('nearest_mode', ['round_prefer_floor', 'floor', 'round_prefer_ceil', 'ceil']);
  const [positions, rounding] = isOld ? ['asymmetric', 'floor'] : [given, said];
  const isKnown = isNearest ? isQuotient(positions, rounding, factors) : !/asymmetric|tf_/.test(positions);
  if (isKnown) return positions;
  throw new OnnxError({
    operation: node.label,
    got: `positions by ${positions}, rounded by ${rounding}`,
    wanted: isNearest ? 'asymmetric and floor, as PyTorch repeats pixels' : 'half_pixel or align_corners',
    remedy: 'Replace the layer before the export',
  });
}

/** Whether the pixel of output i is that of ⌊i / factor⌋. */
function isQuotient(positions: string, rounding: string, factors: readonly number[]): boolean {
  if (positions === 'asymmetric' && rounding === 'floor') return true;
  const areWhole = factors.every((factor) => Number.isInteger(factor));
  if (!areWhole) return false;
  // (i + ½)/k − ½ lies less than ½ away from ⌊i / k⌋.
  if (positions.endsWith('half_pixel')) return rounding.startsWith('round');
  if (positions === 'tf_half_pixel_for_nn') return rounding === 'floor';
  return positions === 'asymmetric' && rounding === 'round_prefer_floor' && factors.every((factor) => factor <= 2);
}
