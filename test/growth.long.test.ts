import { afterEach, describe, expect, test, vi } from 'vitest';
import type * as core from '../packages/core/src/index.ts';
import { fresh, type Program, waves } from './growing.ts';
import { everyModel, everyOp, expectSame } from './grown.ts';

/*
 * On memory that is not shared, as a page has it without the two headers, growing takes all views with it. Here it grows at
 * every request for memory in turn, and the numbers must be those of shared memory, to the bit.
 */

afterEach(() => vi.unstubAllGlobals());

type Compute = (program: Program) => number[];

const ops: Readonly<Record<string, Compute>> = {
  elementwise: ({ core }) =>
    gradientOf(core, [6, 7], (x, y) => core.multiply(core.exp(x), core.divide(core.add(x, y), 3))),
  activations: ({ core }) =>
    gradientOf(core, [6, 7], (x, y) => core.softmax(core.add(core.elu(x), core.gelu(core.relu(y))))),
  matmul: ({ core }) => gradientOf(core, [9, 9], (x, y) => core.matmul(x, core.transpose(y))),
  'a long matmul': ({ core }) => gradientOf(core, [2, 3000], (x, y) => core.matmul(x, core.transpose(y))),
  conv2d: ({ core }) => gradientOf(core, [4, 3, 5, 5], (x, y) => core.conv2d(x, y, { padding: 3 })),
  'conv2d with stride': ({ core }) =>
    gradientOf(core, [4, 3, 5, 5], (x, y) => core.conv2d(x, y, { padding: 3, stride: 2 })),
  'conv2d, relu and max pooling': ({ core }) =>
    gradientOf(core, [4, 4, 5, 5], (x, y) =>
      core.maxPool2d(core.relu(core.conv2d(x, y, { padding: 4 })), { kernelSize: 2 }),
    ),
  'average pooling': ({ core }) =>
    gradientOf(core, [2, 3, 6, 6], (x, y) => core.avgPool2d(core.multiply(x, y), { kernelSize: 3, stride: 2 })),
  normalisation: ({ core }) =>
    gradientOf(core, [5, 4, 3, 3], (x, y) => core.multiply(y, core.batchNormTraining(x).output)),
  'layer normalisation': ({ core }) => gradientOf(core, [5, 12], (x, y) => core.multiply(y, core.layerNorm(x))),
  'off the tape': ({ core }) => {
    const [x, y] = [1, 2].map((step) => core.tensor(waves(1000, step), { shape: [10, 100] }));
    return [...core.matmul(core.softmax(x), core.transpose(core.add(x, y))).toFlatArray()];
  },
};

/** A value of two parameters, and its gradients by both. */
function gradientOf(
  { Parameter, sum, square, Tape, tensor }: typeof core,
  shape: number[],
  f: (x: core.Tensor, y: core.Tensor) => core.Tensor,
): number[] {
  const length = shape.reduce((total, size) => total * size, 1);
  const [x, y] = [0.7, 1.3].map((step) => new Parameter(`x${step}`, tensor(waves(length, step), { shape })));
  using tape = new Tape();
  const value = f(tape.watch(x), tape.watch(y));
  const gradients = tape.gradients(sum(square(value)));
  return [value, gradients.get(x), gradients.get(y)].flatMap((each) => [...each.toFlatArray()]);
}

type Optimiser = {
  step(gradients: { has(x: core.Tensor): boolean; get(x: core.Tensor): core.Tensor }): void;
  state(): unknown;
};
type Make = (nn: Program['nn'], parameters: core.Parameter[]) => Optimiser;

const optimisers: Readonly<Record<string, Make>> = {
  SGD: (nn, x) => new nn.SGD(x, { learningRate: 0.1 }),
  'SGD with dampening': (nn, x) => new nn.SGD(x, { learningRate: 0.1, momentum: 0.5, dampening: 1, weightDecay: 0.1 }),
  Adam: (nn, x) => new nn.Adam(x, { weightDecay: 0.1, amsgrad: true }),
  AdamW: (nn, x) => new nn.AdamW(x, { learningRate: 0.1, weightDecay: 0.5 }),
  RMSProp: (nn, x) => new nn.RMSProp(x, { momentum: 0.5, centred: true }),
  Adagrad: (nn, x) => new nn.Adagrad(x, { initialAccumulator: 0.1 }),
  Adadelta: (nn, x) => new nn.Adadelta(x, { weightDecay: 0.1 }),
  NAdam: (nn, x) => new nn.NAdam(x, { weightDecay: 0.1, decoupledWeightDecay: true }),
  Muon: (nn, x) => new nn.Muon(x, { learningRate: 0.1, weightDecay: 0.1 }),
};

/** Two parameters, and gradients of which one is from outside of the engine and one is not in the order of its numbers. */
function setUp({ core: { Parameter, tensor, transpose }, nn }: Program, make: Make) {
  const parameters = [0.7, 1.3].map((step) => new Parameter(`x${step}`, tensor(waves(60, step), { shape: [6, 10] })));
  const gradients = new Map<core.Tensor, core.Tensor>([
    [parameters[0], tensor(waves(60, 2), { shape: [6, 10] })],
    [parameters[1], transpose(tensor(waves(60, 3), { shape: [10, 6] }))],
  ]);
  const source = {
    has: (x: core.Tensor) => gradients.has(x),
    get: (x: core.Tensor) => gradients.get(x) as core.Tensor,
  };
  const optimiser = make(nn, parameters);
  return {
    step: (): void => optimiser.step(source),
    seen: (): unknown => structuredClone([parameters.map((x) => [x.version, x.toFlatArray()]), optimiser.state()]),
  };
}

describe('memory that grows at any request, and is not shared', () => {
  test.each(Object.entries(ops))('%s', async (_, compute) => {
    const shared = await fresh(true);
    const wanted = compute(shared);
    const plain = await fresh(false);
    const count = plain.requests(() => compute(plain));
    expect(count).toBeGreaterThan(2);
    for (let n = 1; n <= count; n++) expect(plain.growingAt(n, () => compute(plain))).toEqual(wanted);
  });

  test('every op, with its gradients', { timeout: 180_000 }, async () => {
    const shared = await fresh(true);
    const wanted = everyOp(shared, await import('../packages/explain/test/operations.ts'));
    const plain = await fresh(false);
    const computed = everyOp(plain, await import('../packages/explain/test/operations.ts'));
    expect(Object.keys(wanted).length).toBeGreaterThan(100);
    for (const [name, compute] of Object.entries(computed)) {
      const numbers = wanted[name]();
      const count = plain.requests(compute);
      for (let n = 1; n <= count; n++) expectSame(`${name}, grown at ${n}`, plain.growingAt(n, compute), numbers);
    }
  });

  // The fuzzer tries more of the many requests of a model.
  test('every layer, with its gradients, at some requests of each model', { timeout: 180_000 }, async () => {
    const shared = await fresh(true);
    const wanted = everyModel(shared, await import('../packages/onnx/test/architectures.ts'));
    const plain = await fresh(false);
    const computed = everyModel(plain, await import('../packages/onnx/test/architectures.ts'));
    expect(Object.keys(wanted).length).toBeGreaterThan(60);
    for (const [index, [name, compute]] of Object.entries(computed).entries()) {
      const numbers = wanted[name]();
      const count = plain.requests(compute);
      for (let part = 0; part < 4; part++) {
        const n = 1 + ((Math.floor((count * part) / 4) + index) % count);
        expectSame(`${name}, grown at ${n}`, plain.growingAt(n, compute), numbers);
      }
    }
  });

  test.each(Object.entries(optimisers))('two steps of %s', async (_, make) => {
    const twoSteps = (program: Program): unknown => {
      const { step, seen } = setUp(program, make);
      step();
      step();
      return seen();
    };
    const shared = await fresh(true);
    const wanted = twoSteps(shared);
    const plain = await fresh(false);
    // What is given back and asked for again, as the copies are that a step has reserved, finds its room.
    const count = plain.requests(() => twoSteps(plain), 'new');
    expect(count).toBeGreaterThan(2);
    for (let n = 1; n <= count; n++) expect(plain.growingAt(n, () => twoSteps(plain), 'new')).toEqual(wanted);
  });

  test('the decay of AdamW counts once, and the first step of SGD is the first', async () => {
    const { core, nn } = await fresh(false);
    const first = (make: (x: core.Parameter[]) => Optimiser): number => {
      const x = new core.Parameter('x', core.ones([700_000]));
      const one = core.ones([700_000]);
      make([x]).step({ has: () => true, get: () => one });
      return x.toFlatArray()[0];
    };
    expect(first((x) => new nn.AdamW(x, { learningRate: 0.1, weightDecay: 0.5 }))).toBeCloseTo(0.85, 6);
    expect(first((x) => new nn.SGD(x, { learningRate: 1, momentum: 0.5, dampening: 0.5 }))).toBe(0);
  });

  test('a kernel that is called by itself finds its arrays where they are', async () => {
    const { growingAt } = await fresh(false);
    const { kernels, LastingNumbers } = await import('../packages/core/src/authors/index.ts');
    const outside = waves(50, 0.3);
    const [x, y] = [new LastingNumbers(waves(50, 0.7)), new LastingNumbers(waves(50, 1))];
    growingAt(1, () => kernels.subtract(outside, x.array, y.array, 50));
    expect(y.array).toEqual(outside.map((number, at) => number - x.array[at]));
  });

  test('empty tensors stay what they are', async () => {
    const { core, growingAt } = await fresh(false);
    using tape = new core.Tape();
    const empty = new core.Parameter('empty', core.zeros([0, 3]));
    const x = core.add(tape.watch(empty), 1);
    growingAt(1, () => core.multiply(tape.constant(core.ones([100])), 2));
    expect([empty, x].map((each) => each.toList())).toEqual([[], []]);
    expect(core.sum(core.multiply(x, empty)).item()).toBe(0);
  });
});

describe('a step for which memory runs out changes nothing', () => {
  test.each(Object.entries(optimisers))('%s, at any request', async (_, make) => {
    for (const isShared of [true, false]) {
      const program = await fresh(isShared);
      const { step } = setUp(program, make);
      const [count, later] = [1, 2].map(() => program.requests(step, 'new'));
      for (const [isFirst, requests] of [
        [true, count],
        [false, later],
      ] as const) {
        for (let n = 1; n <= requests; n++) {
          const [one, other] = [setUp(program, make), setUp(program, make)];
          if (!isFirst) for (const { step } of [one, other]) step();
          const before = one.seen();
          expect(() => program.runningOutAt(n, one.step)).toThrow(program.core.OutOfMemoryError);
          expect(one.seen()).toEqual(before);
          for (const { step } of [one, other]) step();
          expect(one.seen()).toEqual(other.seen());
        }
      }
      expect(program.core.engineInfo().heldBytes['work in progress']).toBe(0);
    }
  });
});
