import { conv2d, convTranspose2d, deformConv2d, ones, slice, sum, Tape, type Tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { readFields } from '../../../address/fields.ts';
import { convolutionFields, type Form, type PresetName, presetNames, presetOf, presets } from '../fields.ts';
import { fieldOf } from './field.ts';
import { numbersOf } from './layer.ts';
import { lookOf } from './look.ts';
import { pictureOf } from './picture.ts';

const initial = readFields(convolutionFields, new URLSearchParams());
const formOf = (some: Partial<Form>): Form => ({ ...initial, ...some });

const forms: readonly Form[] = [
  ...presetNames.map((name) => formOf(presets[name])),
  formOf({ ...presets.grouped, stride: 2, padding: 1 }),
  formOf({ ...presets.dilated, padding: 2, size: 7 }),
  formOf({ ...presets.transposed, in: 2, out: 4, groups: 2, padding: 1, outputPadding: 1 }),
  formOf({ ...presets.deformable, in: 2, out: 2, padding: 1, stride: 2, size: 7, strength: 1.6 }),
];

/** The layer by the ops themselves, with the padding as their option. */
function byOps(form: Form, x: Tensor): Tensor {
  const { stride, padding, dilation, groups, outputPadding } = form;
  const { weight, bias, offset } = numbersOf(form, outputShapeOf(form));
  const options = { stride, padding, dilation, groups, bias };
  if (form.operation === 'transposed') return convTranspose2d(x, weight, { ...options, outputPadding });
  return offset ? deformConv2d(x, offset, weight, options) : conv2d(x, weight, options);
}

function outputShapeOf(form: Form): number[] {
  const { channels, height, width } = pictureOf(form).output;
  return [channels, height, width];
}

describe.each(forms)('$operation, in $in, out $out, groups $groups, stride $stride, padding $padding', (form) => {
  const picture = pictureOf(form);

  test('the picture shows what the op gives', () => {
    const { x } = numbersOf(form, outputShapeOf(form));
    const y = byOps(form, x);
    expect(y.shape).toEqual([1, picture.output.channels, picture.output.height, picture.output.width]);
    picture.output.numbers.forEach((number, at) => {
      expect(number).toBeCloseTo(y.read()[at], 12);
    });
  });

  test('the weights of an output make it up, with the bias', () => {
    const { x } = numbersOf(form, outputShapeOf(form));
    const { padding, operation } = form;
    const ring = operation === 'transposed' ? 0 : padding;
    const { at, weights, value } = lookOf({ ...form, look: 'output', at: [form.out - 1, 1, 0] });
    const width = form.size + 2 * ring;
    let total = picture.bias[at[0]];
    weights.forEach((weight, index) => {
      const [channel, row, column] = [Math.floor(index / width ** 2), Math.floor(index / width) % width, index % width];
      const [r, c] = [row - ring, column - ring];
      if (r < 0 || c < 0 || r >= form.size || c >= form.size) return;
      total += weight * x.read()[(channel * form.size + r) * form.size + c];
    });
    expect(value).toBeCloseTo(total, 10);
  });

  test('from either side the way has the same weight, and cotangents arrive by it', () => {
    const input = [form.in - 1, 2, 1];
    const seen = lookOf({ ...form, look: 'input', at: input });
    const arrived = seen.weights.reduce((total, weight, at) => total + weight * picture.cotangent.numbers[at], 0);
    expect(seen.value).toBeCloseTo(arrived, 10);
    expect(seen.value).toBe(seen.gradient[(input[0] * form.size + input[1]) * form.size + input[2]]);
    const ring = form.operation === 'transposed' ? 0 : form.padding;
    const width = form.size + 2 * ring;
    const index = (input[0] * width + input[1] + ring) * width + input[2] + ring;
    const { channels, height, width: outWidth } = picture.output;
    for (let at = 0; at < channels * height * outWidth; at += 3) {
      const output = [Math.floor(at / (height * outWidth)), Math.floor(at / outWidth) % height, at % outWidth];
      const back = lookOf({ ...form, look: 'output', at: output });
      expect(back.weights[index]).toBeCloseTo(seen.weights[at], 12);
      expect(back.isLinked[index]).toBe(seen.isLinked[at]);
    }
  });
});

test('groups keep to themselves', () => {
  const form = formOf(presets.grouped);
  const { isLinked } = lookOf({ ...form, look: 'output', at: [0, 0, 0] });
  const perChannel = [0, 1, 2, 3].map(
    (channel) => isLinked.slice(channel * 36, (channel + 1) * 36).filter(Boolean).length,
  );
  expect(perChannel).toEqual([9, 9, 0, 0]);
});

test('sample points lie at the middle of what is read there', () => {
  const form = formOf({ ...presets.deformable, kernel: 1, size: 5, strength: 0.6, stride: 2, seed: 4 });
  const { samples, output, weight } = pictureOf(form);
  const { height, width } = output;
  const at = Math.floor(height / 2) * width + Math.floor(width / 2);
  const { weights } = lookOf({ ...form, look: 'output', at: [0, Math.floor(at / width), at % width] });
  const middle = (coordinate: (at: number) => number): number =>
    weights.reduce((total, each, index) => total + (each / weight.numbers[0]) * coordinate(index), 0);
  expect(middle((index) => Math.floor(index / form.size))).toBeCloseTo(samples[at][0].down, 12);
  expect(middle((index) => index % form.size)).toBeCloseTo(samples[at][0].across, 12);
});

test('an offset moved by hand is that offset, and one for a tap that is not there is passed over', () => {
  const form = formOf({ ...presets.deformable, moved: [4, 5, 0.25, -1.5, 30, 2, 9, 9, 0, 800, 9, 9] });
  const still = pictureOf(formOf(presets.deformable));
  const { samples } = pictureOf(form);
  expect(samples[5][4].offset).toEqual([0.25, -1.5]);
  const others = samples.map((points, output) => points.filter((_, tap) => output !== 5 || tap !== 4));
  expect(others).toEqual(still.samples.map((points, output) => points.filter((_, tap) => output !== 5 || tap !== 4)));
});

test('an output that is not there is moved to the last that is', () => {
  expect(lookOf(formOf({ at: [9, 99, 2] })).at).toEqual([0, 3, 2]);
  expect(lookOf(formOf({ look: 'input', at: [0, 99, 99] })).at).toEqual([0, 5, 5]);
});

describe('the receptive field by formula is the one by gradient', () => {
  test.each([
    formOf({ layers: 4 }),
    formOf({ layers: 3, stride: 2, padding: 1 }),
    formOf({ layers: 4, dilation: 2, kernel: 5 }),
    formOf({ layers: 4, kernel: 5, stride: 3, dilation: 3, padding: 3 }),
    formOf({ layers: 2, kernel: 1, stride: 2 }),
    formOf({ ...presets.transposed, layers: 3, kernel: 4 }),
    formOf({ ...presets.transposed, layers: 3, stride: 3, kernel: 5, padding: 1 }),
    formOf({ ...presets.transposed, layers: 4, stride: 1, kernel: 5, padding: 3, dilation: 3 }),
    formOf({ ...presets.deformable, strength: 0, layers: 3 }),
  ])('$operation, $layers layers, kernel $kernel, stride $stride, dilation $dilation', (form) => {
    const { formula, seen, height, width, count } = fieldOf(form);
    expect(formula).toHaveLength(form.layers);
    expect(seen).toEqual(formula);
    expect([height, width]).toEqual([seen[seen.length - 1], seen[seen.length - 1]]);
    expect(count).toBeLessThanOrEqual(height * width);
  });

  test('counts a stack as one tape does', () => {
    using tape = new Tape();
    const x = tape.watch(ones([1, 1, 15, 15], 'float64'));
    const weight = ones([1, 1, 3, 3], 'float64');
    const y = conv2d(conv2d(x, weight, { dilation: 2 }), weight, { dilation: 2 });
    const gradient = tape
      .gradients(sum(slice(y, [null, null, [3, 4], [3, 4]])))
      .get(x)
      .toFlatArray();
    expect(fieldOf(formOf({ ...presets.dilated, layers: 2 })).count).toBe(
      gradient.filter((slope) => slope !== 0).length,
    );
  });

  test('a stack that is too large is not followed, and its formula stands alone', () => {
    const form = formOf({ ...presets.deformable, kernel: 5, stride: 3, dilation: 3, layers: 4, strength: 2 });
    const { formula, seen } = fieldOf(form);
    expect(formula).toEqual([13, 49, 157, 481]);
    expect(seen).toHaveLength(2);
  });

  test('offsets widen it', () => {
    const { formula, seen } = fieldOf(formOf({ ...presets.deformable, strength: 1.5, layers: 2 }));
    expect(seen[1]).toBeGreaterThan(formula[1]);
  });
});

test('what does not fit is refused by the library', () => {
  expect(() => pictureOf(formOf({ in: 4, out: 4, groups: 3 }))).toThrow(
    'conv1: groups is 3, with 4 input and 4 output channels',
  );
  expect(() => pictureOf(formOf({ size: 2 }))).toThrow('under a window of 3');
  expect(() => pictureOf(formOf({ ...presets.transposed, size: 1, kernel: 1, padding: 1 }))).toThrow(
    'wanted an input and an output of at least 1',
  );
});

test('a kind is known by its numbers', () => {
  for (const name of presetNames) expect(presetOf(formOf(presets[name]))).toBe<PresetName>(name);
});
