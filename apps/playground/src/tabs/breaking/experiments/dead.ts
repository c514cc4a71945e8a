import { full, onWarning, Random, Tape, tensor } from '@tapegrad/core';
import {
  accuracy,
  Dense,
  fit,
  LeakyReLU,
  ReLU,
  Sequential,
  SGD,
  softmaxCrossEntropy,
  warnAtChance,
} from '@tapegrad/nn';
import { latexNumber } from '../../../parts/shownNumber.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Message, Result } from '../result.ts';
import { figureOf, toldBy } from './observe.ts';

const deadSteps = 200;
const hiddenUnits = 8;
const after = 100;

/** Points inside and outside of a ring, as many of each, and which is which. */
export function deadData(): { points: number[][]; labels: number[] } {
  const random = new Random(3);
  const labels = Array.from({ length: 40 }, (_, at) => at % 2);
  const points = labels.map((label) => {
    const [radius, angle] = [
      label === 0 ? random.uniform(0, 0.8) : random.uniform(1.4, 2),
      random.uniform(0, 2 * Math.PI),
    ];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { points, labels };
}

/** A small classifier whose hidden units begin with a bias so low that none may ever speak; mended, with a bias of 0. */
export async function dead({ bias: chosen, unit }: Settings, isMended: boolean): Promise<Result<EndOf<'dead'>>> {
  const bias = isMended ? 0 : chosen;
  const { points, labels } = deadData();
  const x = tensor(points, { dtype: 'float64' });
  const hidden = new Dense({ outFeatures: hiddenUnits });
  const activation = unit === 'LeakyReLU' ? new LeakyReLU({ slope: 0.1 }) : new ReLU();
  const model = new Sequential([hidden, activation, new Dense({ outFeatures: 2 })], {
    inputShape: [2],
    random: new Random(1),
    dtype: 'float64',
  });
  model.parameter('dense1.bias').assign(full([hiddenUnits], bias, { dtype: 'float64' }));
  const speaking = countSpeaking(hidden.call(x).read());
  const first = slopes(model, x, labels);
  const messages: Message[] = [];
  const losses: [number, number][] = [];
  const stop = onWarning((warning) => messages.push(toldBy(warning)));
  await fit({
    epochs: deadSteps,
    batches: () => [{ points, labels }],
    loss: ({ labels }, tape) => softmaxCrossEntropy(model.call(tape.constant(x)), labels),
    optimiser: new SGD(model.parameters, { learningRate: 0.3 }),
    callbacks: [warnAtChance({ classes: 2, after }), { onStep: ({ step, loss }) => void losses.push([step, loss]) }],
  });
  stop();
  const loss = losses[losses.length - 1][1];
  const chance = softmaxCrossEntropy(tensor([[0, 0]], { dtype: 'float64' }), [0]).item();
  const still = first.filter((slope) => slope === 0).length;
  return {
    end: loss < 0.95 * chance ? 'learns' : 'stuck',
    figures: [
      figureOf('speaking', 'n_{+}', speaking),
      figureOf('still', 'n_0', still, 'gradient'),
      figureOf('loss', 'L', loss),
      figureOf('chance', '\\ln 2', chance),
      figureOf('accuracy', 'a', accuracy(model.call(x), labels)),
    ],
    messages,
    formulas: [
      unit === 'LeakyReLU'
        ? '\\frac{\\partial h}{\\partial a} = 1 \\;(a > 0), \\quad 0.1 \\;(a \\le 0)'
        : '\\frac{\\partial h}{\\partial a} = 1 \\;(a > 0), \\quad 0 \\;(a \\le 0)',
      `a = w \\cdot x + b, \\qquad b = ${latexNumber(bias)}`,
    ],
    curves: [{ name: 'loss', points: losses }],
  };
}

/** How many hidden units are above 0 for at least one of the points. */
function countSpeaking(sums: ArrayLike<number>): number {
  const speaks = new Set<number>();
  for (let at = 0; at < sums.length; at++) if (sums[at] > 0) speaks.add(at % hiddenUnits);
  return speaks.size;
}

/** The slopes of the first loss by the weights of the hidden units. */
function slopes(model: Sequential, x: ReturnType<typeof tensor>, labels: number[]): number[] {
  using tape = new Tape();
  const loss = softmaxCrossEntropy(model.call(tape.constant(x)), labels);
  return Array.from(tape.gradients(loss).get(model.parameter('dense1.weight')).read());
}
