/*
 * Your own loss.
 *
 * A loss is a line of arithmetic in ops; its gradient follows. The Cauchy loss, ln(1 + d²), forgives outliers: its slope
 * 2d / (1 + d²) falls again far from the target. A line is fitted to points of which every fifth is far off.
 */
import {
  add,
  log,
  mean,
  multiply,
  Parameter,
  Random,
  square,
  subtract,
  Tape,
  type Tensor,
  tensor,
} from '@tapegrad/core';
import { Adam, mseLoss } from '@tapegrad/nn';

/** Cauchy loss: the mean of ln(1 + d²) with d = prediction - target. */
function cauchyLoss(prediction: Tensor, target: Tensor): Tensor {
  return mean(log(add(1, square(subtract(prediction, target)))));
}

// y = 2x + 1 with a little noise, but every fifth point lies 8 too high.
const random = new Random(1);
const xs = Float32Array.from({ length: 60 }, () => random.uniform(-2, 2));
const ys = xs.map((x, index) => 2 * x + 1 + 0.1 * random.normal() + (index % 5 === 0 ? 8 : 0));

/** The slope and the height at 0 of the line that fits best, as the loss sees it. */
function fitLine(loss: (prediction: Tensor, target: Tensor) => Tensor): [slope: number, height: number] {
  const slope = new Parameter('slope', tensor(0));
  const height = new Parameter('height', tensor(0));
  const optimiser = new Adam([slope, height], { learningRate: 0.05 });
  for (let step = 0; step < 400; step++) {
    using tape = new Tape();
    const prediction = add(multiply(slope, tape.constant(xs)), height);
    optimiser.step(tape.gradients(loss(prediction, tape.constant(ys))));
  }
  return [slope.item(), height.item()];
}

const show = ([slope, height]: [number, number]): string => `y = ${slope.toFixed(2)} x + ${height.toFixed(2)}`;
console.log('the truth      y = 2.00 x + 1.00');
console.log(`cauchyLoss     ${show(fitLine(cauchyLoss))}`);
console.log(`squared error  ${show(fitLine(mseLoss))}`);
