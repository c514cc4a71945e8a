import * as core from '@tapegrad/core';
import * as datasets from '@tapegrad/datasets';
import * as nn from '@tapegrad/nn';
import { expect, test } from 'vitest';

/*
 * `every` and `map` pass over the holes of a list, and JSON knows no bigint: what is looked at by them is refused in words, and
 * leaves the memory of the engine as it was.
 */

const any = (value: unknown): never => value as never;
/** A list of nothing but holes. */
const holes = (length: number): never => any(new Array(length));
const image = core.ones([1, 1, 4, 4]);

const w = new core.Parameter('w', core.ones([2, 2]));
const digits = datasets.builtInDigits({ train: 1, test: 1 }).train;
const optimisers = Object.entries(nn as Readonly<Record<string, unknown>>).filter(
  ([, value]) => typeof value === 'function' && value.prototype instanceof nn.Optimiser,
) as [string, typeof nn.Adam][];

test.each<[string, () => unknown]>([
  ['a window', () => core.maxPool2d(image, { kernelSize: holes(2) })],
  ['a shape', () => core.zeros(holes(2))],
  ['pads', () => core.pad([1], holes(1))],
  ['a pair of pads', () => core.pad([1], [holes(2)])],
  ['parts', () => core.concat(holes(2))],
  ['parts of a stack', () => core.stack(holes(2))],
  ['parameters', () => nn.l1Penalty(holes(2), { factor: 1 })],
  ['sizes', () => core.split([1, 2], holes(2))],
  ...optimisers.map(([name, Kind]): [string, () => unknown] => [
    `the parameters of ${name}`,
    () => new Kind(holes(1), { learningRate: 0.1 }),
  ]),
  ['the groups of an optimiser', () => new nn.Adam(any([{ parameters: holes(1) }]))],
  ['the betas of Adam', () => new nn.Adam([w], { betas: holes(2) })],
  ['the betas of AdamW', () => new nn.AdamW([w], { betas: holes(2) })],
  ['the betas of NAdam', () => new nn.NAdam([w], { betas: holes(2) })],
  ['the coefficients of Muon', () => new nn.Muon([w], { learningRate: 1, coefficients: holes(3) })],
  ['milestones', () => nn.multiStepDecay({ base: 1, milestones: holes(2) })],
  ['the means of channels', () => [...datasets.batches(digits, { batchSize: 1, mean: holes(1) })]],
  ['the labels of an item', () => [...datasets.batches([{ labels: holes(2) }], { batchSize: 1 })]],
])('%s made of holes', (_, call) => {
  expect(call).toThrow(core.TapegradError);
});

test.each<[string, () => unknown, string]>([
  ['a window', () => core.maxPool2d(image, { kernelSize: any([{ size: 2n }]) }), 'kernelSize is [{"size":"2n"}]'],
  ['an option', () => core.clamp([1], { min: any(0n) }), 'min is 0, a bigint; wanted a number. Leave out the n'],
  ['an item', () => core.conv2d(image, image, { stride: any([1n, 1]) }), 'stride is 1, a bigint'],
  ['a shape', () => core.reshape([1], any([1n])), 'reshape: shape is a list of 1; wanted a list of numbers'],
])('%s with a bigint', (_, call, message) => {
  expect(call).toThrow(message);
});

test('memory of no size is refused, and none is lost by it', () => {
  expect(() => core.maxPool2d(image, { kernelSize: holes(2) })).toThrow();
  expect(Object.values(core.engineInfo().heldBytes ?? {}).some(Number.isNaN)).toBe(false);
});

test('the calibration of NaN says so', () => {
  const logits = core.tensor([[Number.NaN, 1]]);
  expect(() => nn.expectedCalibrationError(logits, [0])).toThrow('logits that are not finite in row 0');
});
