import { kernelTime } from '../engine/launch.ts';
import { checkSurplus } from '../options/index.ts';

/** What the ops of one kind have cost. */
export interface OperationCost {
  readonly operation: string;
  /** How often it was computed. */
  readonly calls: number;
  /** How long that took in all, in milliseconds, without what others computed on its behalf. */
  readonly milliseconds: number;
  /** How much of that was spent in kernels in WebAssembly. The rest is dispatch, and what the reference computes. */
  readonly kernelMilliseconds: number;
}

/** What was measured. */
export interface OperationProfile {
  /** One for each kind of op, the largest first. */
  readonly operations: readonly OperationCost[];
  /** How much time all kernels in WebAssembly took, those of the optimiser too, which are no ops. */
  readonly kernelMilliseconds: number;
}

type Cost = { -readonly [Name in keyof Omit<OperationCost, 'operation'>]: OperationCost[Name] };

/** Costs by op, while a measurement runs. */
let costs: Map<string, Cost> | undefined;
/** How long the ops that the current one calls while it is computed have taken so far, in all and in kernels. */
let [inner, innerKernels] = [0, 0];

/**
 * Begins to measure what each op costs. The function it returns ends that, and gives the costs.
 *
 * @example
 * const stop = profileOperations();
 * add([1], [2]).item();
 * Object.keys(stop()) // ["operations", "kernelMilliseconds"]
 */
export function profileOperations(...surplus: []): () => OperationProfile {
  checkSurplus('profileOperations', surplus);
  const own: NonNullable<typeof costs> = new Map();
  costs = own;
  kernelTime.isMeasured = true;
  const before = kernelTime.milliseconds;
  return () => {
    if (costs === own) {
      costs = undefined;
      kernelTime.isMeasured = false;
    }
    const rows = [...own].map(([operation, cost]) => ({ operation, ...cost }));
    return {
      operations: rows.sort((a, b) => b.milliseconds - a.milliseconds),
      kernelMilliseconds: kernelTime.milliseconds - before,
    };
  };
}

/** Computes an op, and notes how long that took if a measurement runs. */
export function timed<Result>(operation: string, work: () => Result): Result {
  if (!costs) return work();
  const [outer, outerKernels] = [inner, innerKernels];
  [inner, innerKernels] = [0, 0];
  const [start, before] = [performance.now(), kernelTime.milliseconds];
  try {
    return work();
  } finally {
    const [whole, kernels] = [performance.now() - start, kernelTime.milliseconds - before];
    const cost = costs?.get(operation) ?? { calls: 0, milliseconds: 0, kernelMilliseconds: 0 };
    cost.calls++;
    cost.milliseconds += whole - inner;
    cost.kernelMilliseconds += kernels - innerKernels;
    costs?.set(operation, cost);
    [inner, innerKernels] = [outer + whole, outerKernels + kernels];
  }
}
