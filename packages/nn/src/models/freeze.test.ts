import { Random, sum, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { ReLU } from '../layers/activations.ts';
import { Dense } from '../layers/dense.ts';
import { Sequential } from '../layers/sequential.ts';
import { SGD } from '../optimisers/sgd.ts';
import { freeze, thaw } from './freeze.ts';

const net = () =>
  new Sequential([new Dense({ outFeatures: 3 }), new ReLU(), new Dense({ outFeatures: 1 })], {
    inputShape: [2],
    random: new Random(1),
  });

function step(model: Sequential, optimiser: SGD): readonly string[] {
  const before = model.parameters.map((parameter) => parameter.toFlatArray());
  using tape = new Tape();
  const gradients = tape.gradients(sum(model.call(tape.constant([[1, 2]]))));
  optimiser.step(gradients);
  return model.parameters.flatMap((parameter, index) =>
    parameter.toFlatArray().some((number, at) => number !== before[index][at]) ? [parameter.name] : [],
  );
}

test('what is frozen stays as it is until it is thawed', () => {
  const model = net();
  const optimiser = new SGD(model.parameters, { learningRate: 0.1, weightDecay: 0.1 });
  freeze(model.slice(0, 1));
  expect(step(model, optimiser)).toEqual(['dense2.weight', 'dense2.bias']);
  thaw(model);
  expect(step(model, optimiser)).toEqual(model.parameters.map(({ name }) => name));
});

test('no gradient of it is computed, but where it is asked for', () => {
  const model = net();
  freeze(model.layers[0].layer);
  const [frozen, , learning] = model.parameters;
  using tape = new Tape();
  const x = tape.watch(tensor([[1, 2]]));
  const loss = sum(model.call(x));
  const gradients = tape.gradients(loss);
  expect([gradients.has(frozen), gradients.has(learning), gradients.has(x)]).toEqual([false, true, true]);
  expect(tape.steps.filter(({ name }) => name === frozen.name).map(({ needsGradient }) => needsGradient)).toEqual([
    false,
  ]);
  expect(tape.gradients(loss, { withRespectTo: [frozen] }).get(frozen).shape).toEqual([3, 2]);
  using other = new Tape();
  const watched = other.watch(frozen);
  expect(other.gradients(sum(watched)).get(watched).toFlatArray()).toEqual(new Float32Array(6).fill(1));
});

test('with everything frozen there is nothing to differentiate by, and an error says so', () => {
  const model = net();
  freeze(model);
  using tape = new Tape();
  const loss = sum(model.call(tape.constant([[1, 2]])));
  expect(() => tape.gradients(loss)).toThrow('no parameter and no watched tensor leads');
  expect(() => freeze({} as never)).toThrow(/freeze: the part is an object; wanted a model or a layer/);
});
