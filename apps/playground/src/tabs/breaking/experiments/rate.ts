import { multiply, square, sum, type Tensor, tensor } from '@tapegrad/core';
import { gradientDescent } from '@tapegrad/nn';
import { latexNumber } from '../../../parts/shownNumber.ts';
import { descentStart, descentSteps } from '../data.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Descent, Message, Result } from '../result.ts';
import { figureOf, saidBy } from './observe.ts';

const frame = { across: 10, up: 4, width: 80, height: 32 };

/** f(x) = ½·(x₀² + κ·x₁²): a valley, κ times as steep along x₁ as along x₀. */
function valley(curvature: number): (x: Tensor) => Tensor {
  return (x) => sum(multiply([0.5, curvature / 2], square(x)), { axes: [-1] });
}

/** Gradient descent in a valley, with a learning rate that may be too high for it. */
export function rate({ rate: chosen, curvature, type }: Settings, isMended: boolean): Result<EndOf<'rate'>> {
  const learningRate = isMended ? 1 / curvature : chosen;
  const f = valley(curvature);
  const messages: Message[] = [];
  const path: Tensor[] = [tensor(descentStart, { dtype: type })];
  // One step at a time, so that what was reached before the library refuses can be shown.
  while (path.length <= descentSteps && messages.length === 0) {
    try {
      path.push(gradientDescent(f, path[path.length - 1], { learningRate, steps: 1 })[1]);
    } catch (error) {
      messages.push(saidBy(error));
    }
  }
  const losses = path.map((x) => f(x).item());
  const points = path.map((x) => Array.from(x.read()) as [number, number]);
  const last = losses.length - 1;
  return {
    end: endOf(losses, points, messages.length > 0),
    figures: [
      figureOf('taken', 'n', messages.length > 0 ? last : descentSteps),
      figureOf('loss', 'L', losses[last]),
      { name: 'point', symbol: 'x', kind: 'value', rows: [points[last]] },
      figureOf('rate', '\\eta', learningRate),
    ],
    messages,
    formulas: formulas(learningRate, curvature),
    curves: [
      { name: 'loss', points: losses.map((loss, step) => [step, loss] as const).filter(([, loss]) => isDrawn(loss)) },
    ],
    descent: descentOf(f, points),
  };
}

const isDrawn = (loss: number): boolean => Number.isFinite(loss) && loss > 0;

function endOf(losses: readonly number[], points: readonly (readonly number[])[], isRefused: boolean): EndOf<'rate'> {
  const last = losses.length - 1;
  if (isRefused || losses[last] > losses[last - 1] * (1 + 1e-6)) return 'diverges';
  const swings = points[1][1] * points[0][1] < 0;
  if (!swings) return 'smooth';
  return losses[last] >= losses[last - 2] * (1 - 1e-6) && losses[last] > 0 ? 'forever' : 'swings';
}

function formulas(rate: number, curvature: number): string[] {
  const factor = (k: number): string => latexNumber(1 - rate * k);
  return [
    'x_i \\leftarrow x_i - \\eta \\kappa_i x_i = (1 - \\eta \\kappa_i) x_i',
    `1 - ${latexNumber(rate)} \\cdot 1 = ${factor(1)}, \\qquad 1 - ${latexNumber(rate)} \\cdot ${latexNumber(curvature)} = ${factor(curvature)}`,
    `|1 - \\eta \\kappa| < 1 \\iff \\eta < \\frac{2}{\\kappa} = ${latexNumber(2 / curvature)}`,
  ];
}

/** The valley from above, and as much of the way as lies in the picture. */
function descentOf(f: (x: Tensor) => Tensor, visited: readonly (readonly [number, number])[]): Descent {
  const { across, up, width, height } = frame;
  const points = Array.from({ length: width * height }, (_, at) => [
    -across + (2 * across * ((at % width) + 0.5)) / width,
    -up + (2 * up * (Math.floor(at / width) + 0.5)) / height,
  ]);
  const left = visited.findIndex(([x, y]) => !(Math.abs(x) <= across && Math.abs(y) <= up));
  const path = left === -1 ? visited : visited.slice(0, left + 1);
  return {
    ...frame,
    path: path.filter((point) => point.every(Number.isFinite)),
    heights: Array.from(f(tensor(points)).read()),
  };
}
