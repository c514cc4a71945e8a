import { builtInDigits } from '@tapegrad/datasets';
import { klDivergence } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import { printedBy } from '../../test/runCode.ts';
import { readFields } from '../address/fields.ts';
import { codeOf as convolutionCode } from '../tabs/convolution/code.ts';
import { viewOf } from '../tabs/convolution/compute/view.ts';
import { convolutionFields, presetNames, presets } from '../tabs/convolution/fields.ts';
import { codeOf as depthCode } from '../tabs/depth/code.ts';
import { depthFields } from '../tabs/depth/fields.ts';
import { sizesOf } from '../tabs/depth/net.ts';
import { codeOf as distributionsCode } from '../tabs/distributions/code.ts';
import { codeOf as layersCode } from '../tabs/layers/code.ts';
import { layers } from '../tabs/layers/compute/layers.ts';
import { layerFields, layerNames } from '../tabs/layers/fields.ts';
import { codeOf as lossesCode } from '../tabs/losses/code.ts';
import { lossesAt } from '../tabs/losses/curves.ts';
import { lossNames } from '../tabs/losses/names.ts';
import { codeOf as marginsCode } from '../tabs/margins/code.ts';
import { lossesAt as lossesOfMargin } from '../tabs/margins/curves.ts';
import { marginFields } from '../tabs/margins/fields.ts';
import { lossNames as marginNames } from '../tabs/margins/names.ts';
import { codeOf as optimisersCode } from '../tabs/optimisers/code.ts';
import { decayCodeOf } from '../tabs/optimisers/decayCode.ts';
import { decaysOf } from '../tabs/optimisers/decays.ts';
import { optimiserFields } from '../tabs/optimisers/fields.ts';
import { optimiserNames as walkers } from '../tabs/optimisers/names.ts';
import { valleyNames } from '../tabs/optimisers/valleys.ts';
import { walksOf } from '../tabs/optimisers/walks.ts';
import { codeOf as stepsCode } from '../tabs/steps/code.ts';
import { machine } from '../tabs/steps/compute/machine.ts';
import { fields, questionOf } from '../tabs/steps/fields.ts';
import { codeOf as trainingCode } from '../tabs/training/code.ts';
import { optimiserNames } from '../tabs/training/optimisers.ts';
import { Training } from '../tabs/training/training.ts';

/* The code that a tab gives away prints the numbers that the tab shows. */

test.each([
  '',
  'logits=1,2,3_0,1,0&labels=2,0&weights=1,2,0.5&smoothing=0.1&base=2',
  'target=distribution&distribution=0.5,0.25,0.25&reduction=none&dtype=float32',
])('the step machine: %s', (address) => {
  const question = questionOf(readFields(fields, new URLSearchParams(address)));
  const { fused } = machine(question);
  const [[loss, gradient]] = printedBy(stepsCode(question));
  expect([loss].flat()).toEqual(question.reduction === 'none' ? fused.loss.flat() : fused.loss[0]);
  expect((gradient as number[][]).map((row) => row.map((slope) => slope + 0))).toEqual(fused.gradient);
});

test('losses side by side', () => {
  const settings = { delta: 0.7, beta: 1.3, tau: 0.3 };
  const wanted = lossesAt([1.1], settings);
  expect(printedBy(lossesCode(lossNames, 1.1, settings))).toEqual(
    lossNames.map((name) => [name, wanted[name].values[0], wanted[name].slopes[0]]),
  );
});

test('distributions', () => {
  const [p, q] = [
    [0.5, 0.5],
    [0.25, 0.75],
  ];
  const printed = Object.fromEntries(printedBy(distributionsCode(p, q, 2)));
  expect(printed['D(P‖Q)']).toBe(klDivergence({ of: new Float64Array(p), from: new Float64Array(q), base: 2 }).item());
  expect(Object.keys(printed)).toHaveLength(5);
});

test.each(presetNames)('the convolution: %s', (name) => {
  const form = { ...readFields(convolutionFields, new URLSearchParams('padding=1&look=input')), ...presets[name] };
  const view = viewOf(form);
  const [[y, gradient]] = printedBy(convolutionCode(view));
  // Padded beforehand or within, the sums of a deformable one are rounded otherwise.
  const near = (numbers: readonly number[]): unknown[] => numbers.map((number) => expect.closeTo(number, 12));
  expect([y].flat(4)).toEqual(near(view.picture.output.numbers));
  expect([gradient].flat(4)).toEqual(near(view.look.gradient));
});

test.each(layerNames)('the layer: %s', (layer) => {
  const view = layers[layer]({ ...readFields(layerFields, new URLSearchParams('activation=gelu')), layer });
  const [[y, ...gradients]] = printedBy(layersCode(view));
  const flat = (printed: unknown): unknown[] => [printed].flat(4).map((number) => Number(number) + 0);
  expect(flat(y)).toEqual(view.output.numbers.map((number) => number + 0));
  expect(gradients.map(flat)).toEqual(view.operands.map(({ gradient }) => gradient.map((slope) => slope + 0)));
});

test('losses over the margin', () => {
  const { shown, margin, ...settings } = readFields(marginFields, new URLSearchParams());
  const wanted = lossesOfMargin([0.4], settings);
  expect(printedBy(marginsCode(marginNames, 0.4, settings))).toEqual(
    marginNames
      .slice(1)
      .map((name) => [name, expect.closeTo(wanted[name].values[0], 12), expect.closeTo(wanted[name].slopes[0], 12)]),
  );
  for (const name of marginNames.slice(1)) expect(printedBy(marginsCode([name], 0.4, settings))).toHaveLength(1);
});

test.each(['', 'activation=gelu&initialisation=small&normalisation=layerNorm&skip=1&factor=2'])(
  'a deep net: %s',
  (address) => {
    const form = readFields(depthFields, new URLSearchParams(`layers=3&${address}`));
    const { activations, gradients } = sizesOf(form);
    expect(printedBy(depthCode(form))).toEqual(activations.map((size, layer) => [size, gradients[layer]]));
  },
);

test('weight decay', () => {
  const form = readFields(optimiserFields, new URLSearchParams('decaySteps=20'));
  expect(printedBy(decayCodeOf(form))).toEqual(
    Object.entries(decaysOf(form)).map(([name, { large, small }]) => [name, [large.at(-1), small.at(-1)]]),
  );
});

test.each(valleyNames)('walks down a valley: %s', (valley) => {
  const form = { ...readFields(optimiserFields, new URLSearchParams('step=3')), valley, walkers };
  const walks = walksOf(form);
  for (const [name, point, height] of printedBy(optimisersCode(form))) {
    const walk = walks[name as (typeof walkers)[number]];
    // A point turned by a matrix, or by sums, is rounded otherwise.
    const near = walk?.points[3].map((coordinate) => expect.closeTo(coordinate, 8));
    expect([point].flat(2)).toEqual(near);
    expect(height).toEqual(expect.closeTo(walk?.heights[3] ?? Number.NaN, 8));
  }
});

test.each(optimiserNames)('training by %s: the losses of the page, bit for bit', (optimiser) => {
  const settings = { net: 'tiny', optimiser, learningRate: 0.01, batchSize: 8, seed: 3 } as const;
  const code = trainingCode(settings, 'plain', { steps: 2 }).replace(
    'builtInDigits()',
    'builtInDigits({ train: 16, test: 1 })',
  );
  const training = new Training(builtInDigits({ train: 16, test: 1 }).train, settings);
  expect(printedBy(code)).toEqual([1, 2].map((step) => [step, training.takeStep().loss]));
});
