import { ShapeError } from '../errors.ts';
import { formatShape, type Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { accumulate, sumTo } from './chain.ts';
import type { Step } from './step.ts';

/** What happened at one step of the way back: the cotangent that arrived, and what was passed on to which input. */
export interface BackwardStep {
  readonly step: Step;
  /** ∂loss/∂output, the sum of what all later steps passed here. */
  readonly cotangent: Tensor;
  /** ∂loss/∂input through this step alone, by input name; an input that leads to nothing wanted is absent. */
  readonly passed: Readonly<Record<string, Tensor>>;
}

/**
 * Walks the tape backwards from `output`, one step at a time: the chain rule, and nothing else.
 *
 * Each step takes its output's cotangent and passes one on to each input, where it is added to what is there already. The
 * steps are a list in order of happening, so going through it backwards meets every step after all that used its output.
 *
 * @param isWanted for each step, whether its cotangent is wanted; the others are skipped
 */
export function* walkBackward(
  steps: readonly Step[],
  output: Step,
  cotangent: Tensor,
  isWanted: readonly boolean[],
): Generator<BackwardStep, void> {
  const cotangents: (Tensor | undefined)[] = [];
  cotangents[output.index] = cotangent;
  for (let index = output.index; index >= 0; index--) {
    const step = steps[index];
    const g = cotangents[index];
    if (g === undefined || !isWanted[index]) continue;
    const passed: Record<string, Tensor> = {};
    for (const name in step.inputs) {
      const from = step.inputs[name];
      const vjp = step.vjps[name];
      if (vjp === null || !isWanted[from]) continue;
      const gradient = vjp(g, step.output);
      checkGradient(step.operation, name, gradient.shape, steps[from].output.shape);
      // A VJP that hands g on unchanged, as that of `add` does: what is summed here is then all that arrived at `step.output`,
      // which patterns of fusion have to know.
      passed[name] = sumTo(gradient, steps[from].output.shape, gradient === g ? step.output : null);
      const before = cotangents[from];
      cotangents[from] = before ? accumulate(before, passed[name]) : passed[name];
    }
    yield { step, cotangent: g, passed };
  }
}

/** Throws a ShapeError unless a gradient can be summed to the shape of the input it belongs to. */
function checkGradient(operation: string, input: string, gradient: Shape, shape: Shape): void {
  const added = gradient.length - shape.length;
  if (added >= 0 && shape.every((length, axis) => length === 1 || length === gradient[added + axis])) return;
  throw new ShapeError({
    operation,
    got: `the VJP by ${input} returned ${formatShape(gradient)} for an input of shape ${formatShape(shape)}`,
    wanted: 'the shape of the input, or one that it broadcasts to',
    remedy: 'Mend the VJP; `broadcastTo` undoes a sum',
  });
}
