import { Parameter, tensor } from '@tapegrad/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectClose } from '../../../core/test/expect.ts';
import { messagesOf } from '../../../core/test/messages.ts';
import { dataTypes, double } from '../../../core/test/numbers.ts';
import { between } from '../../test/between.ts';
import { ExponentialMovingAverage } from './exponentialMovingAverage.ts';

const averageOf = (average: ExponentialMovingAverage, name: string) =>
  average.values.get(name) ?? expect.fail(`there is no average of ${name}`);

test.each(dataTypes)('is its formula, in %s', (dtype) => {
  fc.assert(
    fc.property(fc.array(between(-5, 5), { minLength: 1, maxLength: 8 }), between(0, 1), (course, decay) => {
      const x = new Parameter('x', tensor([[course[0]]], { dtype }));
      const average = new ExponentialMovingAverage([x], { decay });
      let wanted = course[0];
      for (const number of course.slice(1)) {
        x.assign(tensor([[number]], { dtype }));
        average.update();
        wanted = decay * wanted + (1 - decay) * number;
      }
      const got = averageOf(average, 'x');
      expect([got.dtype, got.shape]).toEqual([dtype, [1, 1]]);
      expectClose(got, [[wanted]], dtype === 'float64' ? 1e-14 : 1e-6);
    }),
  );
});

test('begins with the parameters, and stays there while they do, to the bit', () => {
  const x = new Parameter('x', tensor([0.1, 1 / 3]));
  const average = new ExponentialMovingAverage([x]);
  expect(average.decay).toBe(0.999);
  for (let step = 0; step < 100; step++) average.update();
  expect(averageOf(average, 'x').toList()).toEqual(x.toList());
});

test('moves also where one step is less than float32 can tell', () => {
  const x = new Parameter('x', tensor([1]));
  const average = new ExponentialMovingAverage([x], { decay: 1 - 1e-8 });
  x.assign(tensor([2]));
  for (let step = 0; step < 1000; step++) average.update();
  expect(average.state().averages.x[0]).toBeCloseTo(1 + 1e-5, 9);
});

test('stands in for the parameters while it is evaluated, and no longer', () => {
  const x = new Parameter('x', double([1, 2]));
  const average = new ExponentialMovingAverage([x], { decay: 0.5 });
  x.assign(double([3, 6]));
  average.update();
  const { version } = x;
  expect(average.evaluate(() => x.toList())).toEqual([2, 4]);
  expect([x.toList(), averageOf(average, 'x').toList()]).toEqual([
    [3, 6],
    [2, 4],
  ]);
  // A tape that saw the averages must be able to tell that they are gone.
  expect(x.version).toBe(version + 2);
});

test('puts the parameters back when the evaluation fails', () => {
  const x = new Parameter('x', double([1]));
  const average = new ExponentialMovingAverage([x], { decay: 0 });
  x.assign(double([3]));
  const fail = (): never => {
    x.assign(double([7]));
    throw new Error('no images');
  };
  expect(() => average.evaluate(fail)).toThrow('no images');
  expect(x.toList()).toEqual([3]);
  expect(average.evaluate(() => x.toList())).toEqual([1]);
});

test('waits for a promise, kept or broken', async () => {
  const x = new Parameter('x', double([1]));
  const average = new ExponentialMovingAverage([x]);
  x.assign(double([3]));
  const evaluation = average.evaluate(async () => {
    await Promise.resolve();
    return x.toList();
  });
  expect(x.toList()).toEqual([1]);
  expect(await evaluation).toEqual([1]);
  expect(x.toList()).toEqual([3]);
  await expect(average.evaluate(() => Promise.reject(new Error('no images')))).rejects.toThrow('no images');
  expect(x.toList()).toEqual([3]);
});

test('goes on from its state as if there had been no pause', () => {
  const x = new Parameter('x', tensor([1, 2]));
  const average = new ExponentialMovingAverage([x], { decay: 0.9 });
  x.assign(tensor([0.3, 7]));
  average.update();
  const state = structuredClone(average.state());
  const other = new ExponentialMovingAverage([x], { decay: 0.5 });
  other.load(state);
  average.update();
  expect(state).not.toEqual(average.state());
  other.update();
  expect(other.state()).toEqual(average.state());
  expect(other.decay).toBe(0.9);
});

test('refuses what does not fit, and then stays as it is', () => {
  const [x, y] = ['x', 'y'].map((name) => new Parameter(name, tensor([1, 2])));
  const average = new ExponentialMovingAverage([x, y], { decay: 0.9 });
  const before = average.state();
  const load =
    (averages: Record<string, Float64Array>, decay = 0.5) =>
    () =>
      average.load({ decay, averages });
  const two = Float64Array.of(5, 6);
  expect(
    messagesOf({
      'decay above 1': () => new ExponentialMovingAverage([x], { decay: 1.1 }),
      'decay of NaN': () => new ExponentialMovingAverage([x], { decay: Number.NaN }),
      'the same name twice': () => new ExponentialMovingAverage([x, new Parameter('x', tensor(1))]),
      'a loaded decay below 0': load({ x: two, y: two }, -1),
      'a missing parameter': load({ x: two }),
      'an unknown parameter': load({ x: two, y: two, z: two }),
      'another length': load({ x: two, y: Float64Array.of(1, 2, 3) }),
      'an update inside': () => average.evaluate(() => average.update()),
      'an evaluation inside': () => average.evaluate(() => average.evaluate(() => 0)),
      'a state loaded inside': () => average.evaluate(load({ x: two, y: two })),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a loaded decay below 0": "ValueError: ExponentialMovingAverage.load: decay is -1; wanted a number from 0 to 1. Choose another decay.",
      "a missing parameter": "ValueError: ExponentialMovingAverage.load: nothing for the parameter y; wanted each parameter by its name, and no others. Load it into what has the same parameters and was made the same way.",
      "a state loaded inside": "ValueError: ExponentialMovingAverage.load: a call inside \`evaluate\`, where the parameters are the averages; wanted a call while they are themselves. Wait for \`evaluate\` to end.",
      "an evaluation inside": "ValueError: ExponentialMovingAverage.evaluate: a call inside \`evaluate\`, where the parameters are the averages; wanted a call while they are themselves. Wait for \`evaluate\` to end.",
      "an unknown parameter": "ValueError: ExponentialMovingAverage.load: the unknown parameter z; wanted each parameter by its name, and no others. Load it into what has the same parameters and was made the same way.",
      "an update inside": "ValueError: ExponentialMovingAverage.update: a call inside \`evaluate\`, where the parameters are the averages; wanted a call while they are themselves. Wait for \`evaluate\` to end.",
      "another length": "ValueError: ExponentialMovingAverage.load: y is float64 [3]; wanted float64 [2]. Load it into what has the same parameters and was made the same way.",
      "decay above 1": "ValueError: ExponentialMovingAverage: decay is 1.1; wanted a number from 0 to 1. Choose another decay.",
      "decay of NaN": "ValueError: ExponentialMovingAverage: decay is NaN; wanted a number from 0 to 1. Choose another decay.",
      "the same name twice": "ValueError: ExponentialMovingAverage: two parameters named x; wanted names by which to tell them apart. Give each parameter a name of its own.",
    }
  `);
  expect(average.state()).toEqual(before);
});

test('a state that fails while it is read changes nothing', () => {
  const parameters = ['x', 'y'].map((name) => new Parameter(name, tensor([1])));
  const average = new ExponentialMovingAverage(parameters, { decay: 0.5 });
  const before = average.state();
  let count = 0;
  const averages = {
    x: new Float64Array([7]),
    get y(): Float64Array {
      if (++count > 1) throw new Error('gone');
      return new Float64Array([8]);
    },
  };
  expect(() => average.load({ decay: 0.9, averages })).toThrow('gone');
  expect(average.state()).toEqual(before);
});
