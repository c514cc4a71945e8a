import type { InterpolationMode } from '@tapegrad/core';
import { Pad, Upsample } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { otherShape, recipe, type Translate, type Translation } from './translate.ts';

/** The mode of an upsampling by its number of spatial axes. */
const mixing = ['linear', 'bilinear', 'trilinear'] as const;

/** What ONNX's modes of padding are called here. */
const modes = { constant: 'constant', reflect: 'reflect', edge: 'replicate', wrap: 'circular' } as const;

/** Images at another size, and with something put around, by operation. */
export const resizing: Readonly<Record<string, Translate>> = {
  Resize: (translation) => {
    const { node, attributes, inputShape, shelf } = translation;
    const spatial = inputShape.length - 1;
    if (spatial < 1 || spatial > 3) throw otherShape(translation, '[channels, …] with one to three spatial axes');
    const isNearest = attributes.word('mode', ['nearest', 'linear']) === 'nearest';
    for (const name of ['cubic_coeff_a', 'extrapolation_value', 'exclude_outside']) attributes.ignore(name);
    attributes.only('antialias', 0);
    const transformation = readPositions(translation, isNearest);
    const given = attributes.wholes('axes', []);
    const scales = shelf.optional(node.label, node.inputs[2], 'list of scales');
    const sizes = shelf.optional(node.label, node.inputs[3], 'list of sizes');
    const numbers = [
      ...shelf.weight(node.label, scales ?? shelf.constant(node.label, node.inputs[3], 'size')).toFlatArray(),
    ];
    const rank = inputShape.length + 1;
    const axes =
      given.length > 0 ? given.map((axis) => (axis < 0 ? axis + rank : axis)) : numbers.map((_, axis) => axis);
    const along = new Map(axes.map((axis, at) => [axis, numbers[at]]));
    const channels = along.get(1) ?? (scales ? 1 : inputShape[0]);
    const isBatchKept = scales ? (along.get(0) ?? 1) === 1 : !along.has(0) || along.get(0) === translation.batch;
    if (!isBatchKept || channels !== (scales ? 1 : inputShape[0])) {
      throw attributes.refuse('scales or sizes', `[${numbers.slice(0, 8)}]`, 'another size along spatial axes alone');
    }
    const mode: InterpolationMode = isNearest ? 'nearest' : mixing[spatial - 1];
    const options = { mode, ...(isNearest ? {} : { alignCorners: transformation === 'align_corners' }) };
    const wanted = inputShape.slice(1).map((length, axis) => along.get(axis + 2) ?? (scales ? 1 : length));
    const grown = wanted.reduce(
      (size, each, axis) => size * (scales ? inputShape[axis + 1] * each : each),
      inputShape[0],
    );
    if (!(grown >= 0 && grown < 2 ** 40))
      throw attributes.refuse('scales or sizes', `[${numbers.slice(0, 8)}]`, 'numbers above 0');
    // As many numbers as come out, so that a short file cannot ask for a huge image.
    shelf.spend(Math.ceil(grown));
    if (sizes && !scales) return recipe(() => new Upsample({ ...options, size: wanted }));
    return recipe(() => new Upsample({ ...options, scale: wanted.map((factor) => Number(factor.toPrecision(7))) }));
  },
  Pad: (translation) => {
    const { node, attributes, inputShape, shelf } = translation;
    const mode = modes[attributes.word('mode', ['constant', 'reflect', 'edge', 'wrap'])];
    const listed = shelf.optional(node.label, node.inputs[1], 'list of pads');
    const pads = listed ? shelf.wholes(node.label, listed) : attributes.wholes('pads', []);
    const constant = shelf.optional(node.label, node.inputs[2], 'value');
    const value = constant ? shelf.number(node.label, constant) : attributes.float('value', 0);
    const rank = inputShape.length + 1;
    const sides = Array.from({ length: rank }, (_, axis) => [pads[axis], pads[axis + rank]] as const);
    const isSpatial = pads.length === 2 * rank && [0, 1].every((axis) => sides[axis].every((count) => count === 0));
    if (!isSpatial || node.inputs[3] || !pads.every((count) => Number.isSafeInteger(count) && count >= 0)) {
      throw attributes.refuse(
        'pads',
        `[${pads.slice(0, 16)}]`,
        'whole numbers of at least 0 around the spatial axes alone',
      );
    }
    const largest = sides
      .slice(2)
      .reduce((size, [before, after], at) => size * (inputShape[at + 1] + before + after), 1);
    shelf.spend(largest);
    return recipe(() => new Pad({ padding: sides.slice(2), mode, ...(mode === 'constant' ? { value } : {}) }));
  },
};

/** Where outputs lie: by centres of pixels or by corners for a mix, by whole quotients for repeated pixels. */
function readPositions({ node, attributes }: Translation, isNearest: boolean): string {
  const positions = attributes.word('coordinate_transformation_mode', [
    'half_pixel',
    'align_corners',
    'asymmetric',
    'pytorch_half_pixel',
  ]);
  const rounding = attributes.word('nearest_mode', ['round_prefer_floor', 'floor', 'round_prefer_ceil', 'ceil']);
  const isKnown = isNearest ? positions === 'asymmetric' && rounding === 'floor' : positions !== 'asymmetric';
  if (isKnown) return positions;
  throw new OnnxError({
    operation: node.label,
    got: `positions by ${positions}, rounded by ${rounding}`,
    wanted: isNearest ? 'asymmetric and floor, as PyTorch repeats pixels' : 'half_pixel or align_corners',
    remedy: 'Replace the layer before the export',
  });
}
