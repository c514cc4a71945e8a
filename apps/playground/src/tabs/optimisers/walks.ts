import { type Gradients, Parameter, sum, Tape, tensor } from '@tapegrad/core';
import { Adagrad, Adam, AdamW, Muon, RMSProp, SGD } from '@tapegrad/nn';
import { type Form, mostSteps } from './fields.ts';
import { heights } from './heights.ts';
import type { OptimiserName } from './names.ts';
import { startOf } from './start.ts';

/** What an optimiser does with gradients. */
interface Stepping {
  step(gradients: Gradients): void;
}

/** A walk down a valley: its points, the start included, and how high each lies. */
export interface Walk {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly heights: readonly number[];
  /** It left for infinity, and was followed no longer. */
  readonly hasDiverged: boolean;
}

/** What the walks depend on. */
export type WalkForm = Omit<Form, 'machine' | 'step' | 'large' | 'small' | 'rate' | 'lambda' | 'decaySteps'>;

/** Higher than that nobody comes back from. */
const sky = 1e6;

/** An optimiser of the library by its name here, for one parameter. */
function optimiserOf(name: OptimiserName, parameter: Parameter, form: WalkForm): Stepping {
  const learningRate = form[`rate-${name}` as const];
  const { momentum, decay } = form;
  switch (name) {
    case 'sgd':
      return new SGD([parameter], { learningRate });
    case 'momentum':
      return new SGD([parameter], { learningRate, momentum });
    case 'nesterov':
      return new SGD([parameter], { learningRate, momentum, nesterov: true });
    case 'adagrad':
      return new Adagrad([parameter], { learningRate });
    case 'rmsProp':
      return new RMSProp([parameter], { learningRate });
    case 'adam':
      return new Adam([parameter], { learningRate });
    case 'adamW':
      return new AdamW([parameter], { learningRate, weightDecay: decay });
    case 'muon':
      return new Muon([parameter], { learningRate, momentum, weightDecay: 0 });
  }
}

/** The walks of those who are asked for, each of as many steps as can be shown. */
export function walksOf(form: WalkForm): Partial<Record<OptimiserName, Walk>> {
  return Object.fromEntries(form.walkers.map((name) => [name, walk(name, form)]));
}

function walk(name: OptimiserName, form: WalkForm): Walk {
  // One row of a matrix, for Muon takes nothing else.
  const point = new Parameter('point', tensor([[...startOf(form)]], { dtype: 'float64' }));
  const optimiser = optimiserOf(name, point, form);
  const points: [number, number][] = [];
  const passed: number[] = [];
  for (let step = 0; step <= mostSteps; step++) {
    using tape = new Tape();
    const height = sum(heights[form.valley](tape.watch(point), form.steepness));
    const [x, y] = point.read();
    points.push([x, y]);
    passed.push(height.item());
    if (!(height.item() < sky)) return { points, heights: passed, hasDiverged: true };
    optimiser.step(tape.gradients(height));
  }
  return { points, heights: passed, hasDiverged: false };
}
