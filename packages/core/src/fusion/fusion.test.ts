import { afterEach, describe, expect, test } from 'vitest';
import { expectClose } from '../../test/expect.ts';
import { uniform } from '../../test/numbers.ts';
import type { View } from '../authors/index.ts';
import {
  add,
  configureEngine,
  conv2d,
  type DataType,
  maxPool2d,
  Parameter,
  profileOperations,
  relu,
  square,
  sum,
  Tape,
  tensor,
} from '../index.ts';

/** A convolution, relu and max pooling, as a CNN has them, and all that can be asked of them. */
function block(dtype: DataType, { withRelu = true, stride = 2 } = {}) {
  const images = tensor(uniform([3, 2, 9, 9]), { dtype });
  const weight = new Parameter('weight', tensor(uniform([4, 2, 3, 3], { seed: 2 }), { dtype }));
  const bias = new Parameter('bias', tensor(uniform([4], { seed: 3 }), { dtype }));
  const tape = new Tape();
  const x = tape.watch(images, 'images');
  const convolved = conv2d(x, weight, { bias, padding: 1 });
  const activated = withRelu ? relu(convolved) : convolved;
  const pooled = maxPool2d(activated, { kernelSize: 2, stride });
  return { tape, x, weight, bias, convolved, activated, pooled, loss: sum(square(pooled)) };
}

type Block = ReturnType<typeof block>;

describe.each([
  ['conv2d → relu → maxPool2d', {}],
  ['conv2d → maxPool2d', { withRelu: false }],
  ['windows that overlap', { stride: 1 }],
])('%s', (_, options) => {
  const asked: readonly (keyof Block & ('x' | 'weight' | 'bias' | 'convolved' | 'activated' | 'pooled'))[] = [
    ...(['x', 'weight', 'bias', 'convolved', 'activated', 'pooled'] as const),
  ];

  test('values and gradients of all of them, those in the middle too, are those of float64', () => {
    const [single, double] = [block('float32', options), block('float64', options)];
    const gradientsOf = ({ tape, loss, ...all }: Block) =>
      tape.gradients(loss, { withRespectTo: asked.map((name) => all[name]) });
    const [few, many] = [gradientsOf(single), gradientsOf(double)];
    for (const name of asked) {
      expectClose(few.get(single[name]), many.get(double[name]), 2e-5);
      expectClose(single[name], double[name], 2e-6);
    }
  });

  test('looking at values on the way changes no bit', () => {
    const [seen, unseen] = [block('float32', options), block('float32', options)];
    for (const name of asked) seen[name].toList();
    const [first, second] = [seen, unseen].map(({ tape, loss, weight, bias, x }) => {
      const gradients = tape.gradients(loss);
      return [weight, bias, x].map((source) => gradients.get(source).toList());
    });
    expect(first).toEqual(second);
  });

  test('second derivatives are those of float64', () => {
    const [few, many] = (['float32', 'float64'] as const).map((dtype) => {
      const { tape, loss, weight, x } = block(dtype, options);
      const gradient = tape.gradients(loss, { differentiable: true }).get(weight);
      const second = tape.gradients(sum(square(gradient)));
      return [second.get(weight), second.get(x)];
    });
    few.forEach((gradient, at) => {
      expectClose(gradient, tensor(many[at].toNdarray(), { dtype: 'float64' }), 2e-4);
    });
  });
});

test('what is computed together stands on the tape as the ops that it is', () => {
  const { tape, activated, convolved, pooled } = block('float32');
  pooled.toList();
  expect([convolved.isComputed, activated.isComputed]).toEqual([true, false]);
  expect(String(tape)).toContain('conv2d(x: %0, weight: %1, bias: %2)');
  expect(String(tape)).toMatch(/relu\(x: %3\)[\s\S]*maxPool2d\(x: %4\)/);
});

test('a value that somebody else needs too is computed once', () => {
  using tape = new Tape();
  const x = tape.watch(tensor(uniform([1, 1, 4, 4])));
  const weight = tape.watch(tensor(uniform([1, 1, 3, 3], { seed: 2 })));
  const measured = profileOperations();
  const convolved = conv2d(x, weight);
  sum(add(relu(convolved), square(convolved))).item();
  const calls = Object.fromEntries(measured().operations.map(({ operation, calls }) => [operation, calls]));
  expect(calls).toMatchObject({ conv2d: 1, relu: 1, multiply: 1 });
});

describe('switched off', () => {
  afterEach(() => configureEngine({ fusion: true }));

  test('each op is computed by itself, to the same numbers', () => {
    const fused = block('float64');
    configureEngine({ fusion: false });
    const { tape, loss, activated, ...all } = block('float64');
    expectClose(loss, fused.loss, 1e-12);
    expect(activated.isComputed).toBe(true);
    const [some, others] = [tape.gradients(loss), fused.tape.gradients(fused.loss)];
    for (const name of ['x', 'weight', 'bias'] as const)
      expectClose(some.get(all[name]), others.get(fused[name]), 1e-12);
  });
});

test('a convolution of a CNN is computed a few calls below the one that asks for the loss', () => {
  const depths: number[] = [];
  /** A weight that notes how deep the calls are where its numbers are read. */
  class Watched extends Parameter {
    override get view(): View {
      depths.push(depth());
      return super.view;
    }
  }
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 200;
  try {
    using tape = new Tape();
    const weight = new Watched('weight', tensor(uniform([4, 2, 3, 3])));
    const x = tape.constant(tensor(uniform([1, 2, 8, 8])));
    const loss = sum(maxPool2d(relu(conv2d(x, weight)), { kernelSize: 2 }));
    depths.length = 0;
    const here = depth();
    loss.item();
    // The getter is two calls below the value of the op: `flatten(weight.view)` stands in it.
    expect(Math.max(...depths) - here).toBeLessThanOrEqual(15);
    expect(depths.length).toBeGreaterThan(0);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
});

function depth(): number {
  return (new Error().stack ?? '').split('\n').length - 1;
}
