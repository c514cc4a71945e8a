/** What the ops of one kind have cost. */
export interface OperationCost {
  readonly operation: string;
  /** How often it was computed. */
  readonly calls: number;
  /** How long that took in all, in milliseconds, without what others computed on its behalf. */
  readonly milliseconds: number;
}

/** Costs by op, while somebody measures. */
let costs: Map<string, { calls: number; milliseconds: number }> | undefined;
/** How long the ops inside of the current one have taken so far. */
let inner = 0;

/** Begins to measure what each op costs. The function it returns ends that, and gives the costs, the largest first. */
export function profileOperations(): () => OperationCost[] {
  const own: NonNullable<typeof costs> = new Map();
  costs = own;
  return () => {
    if (costs === own) costs = undefined;
    const rows = [...own].map(([operation, cost]) => ({ operation, ...cost }));
    return rows.sort((a, b) => b.milliseconds - a.milliseconds);
  };
}

/** Computes an op, and notes how long that took if somebody measures. */
export function timed<Result>(operation: string, work: () => Result): Result {
  if (!costs) return work();
  const outer = inner;
  inner = 0;
  const start = performance.now();
  try {
    return work();
  } finally {
    const whole = performance.now() - start;
    const cost = costs?.get(operation) ?? { calls: 0, milliseconds: 0 };
    cost.calls++;
    cost.milliseconds += whole - inner;
    costs?.set(operation, cost);
    inner = outer + whole;
  }
}
