import { isDeepStrictEqual } from 'node:util';
import { Random, Tape, type Tensor, tensor } from '@tapegrad/core';
import { type Sequential, softmaxCrossEntropy } from '@tapegrad/nn';
import { expect, test } from 'vitest';
import { MuonWithAdamW } from './muonWithAdamW.ts';
import { buildNet } from './nets.ts';

const learningRate = 0.03;

function net(): Sequential {
  return buildNet('residual', [3, 8, 8], 2, new Random(1));
}

function step(model: Sequential, optimiser: MuonWithAdamW): void {
  using tape = new Tape();
  const logits = model.call(tape.constant(pictures()), { training: true });
  optimiser.step(tape.gradients(softmaxCrossEntropy(logits, [0, 1, 0, 1])));
}

function pictures(): Tensor {
  const random = new Random(2);
  return tensor(
    Float32Array.from({ length: 4 * 3 * 8 * 8 }, () => random.normal()),
    { shape: [4, 3, 8, 8] },
  );
}

/** Half a million numbers, which `toEqual` would take seconds to compare. */
const numbersOf = (model: Sequential) => model.parameters.map((parameter: Tensor) => parameter.toFlatArray());

test('hidden filters are Muon’s, and everything else is AdamW’s', () => {
  const model = net();
  const [muon, adamW] = new MuonWithAdamW(model.parameters, learningRate).groups;
  const filters = model.parameters.filter(({ rank }) => rank === 4);
  expect(muon.parameters).toEqual(filters.slice(1));
  expect(adamW.parameters).toContain(filters[0]);
  expect(new Set([...muon.parameters, ...adamW.parameters])).toEqual(new Set(model.parameters));
});

test('one learning rate moves both', () => {
  const [fast, still] = [net(), net()];
  const before = numbersOf(still);
  step(fast, new MuonWithAdamW(fast.parameters, learningRate));
  const optimiser = new MuonWithAdamW(still.parameters, learningRate);
  optimiser.learningRate = 0;
  step(still, optimiser);
  expect(isDeepStrictEqual(numbersOf(still), before)).toBe(true);
  for (const [at, numbers] of numbersOf(fast).entries()) expect(isDeepStrictEqual(numbers, before[at])).toBe(false);
});

test('a run that goes on from a state ends in the same bits', () => {
  const [whole, paused] = [net(), net()];
  const optimiser = new MuonWithAdamW(whole.parameters, learningRate);
  const first = new MuonWithAdamW(paused.parameters, learningRate);
  step(whole, optimiser);
  step(paused, first);
  const second = new MuonWithAdamW(paused.parameters, learningRate);
  second.load(structuredClone(first.state()));
  step(whole, optimiser);
  step(paused, second);
  expect(isDeepStrictEqual(numbersOf(paused), numbersOf(whole))).toBe(true);
});

test('a state of another optimiser is refused, and of other parameters, and changes nothing', () => {
  const model = net();
  const optimiser = new MuonWithAdamW(model.parameters, learningRate);
  step(model, optimiser);
  const state = optimiser.state();
  expect(() => optimiser.load({ ...state, kind: 'AdamW' })).toThrow('wanted one of Muon with AdamW');
  const [muon, adamW] = state.groups;
  const other = { ...state, groups: [muon, { ...adamW, parameters: ['other.weight'] }] };
  expect(() => optimiser.load(other)).toThrow(/AdamW\.load/);
  expect(isDeepStrictEqual(optimiser.state(), state)).toBe(true);
});
