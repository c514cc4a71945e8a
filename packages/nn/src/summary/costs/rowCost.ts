import type { Working } from '../working.ts';
import type { Cost } from './cost.ts';

const quantities = ['multiplyAccumulates', 'flops', 'comparisons', 'evaluations'] as const;

/** The costs of several layers together. */
export function rowCost(costs: readonly Cost[]): Cost {
  const total: Partial<Record<(typeof quantities)[number], Working>> = {};
  for (const quantity of quantities) {
    const parts = costs.flatMap((cost) => cost[quantity] ?? []);
    if (parts.length > 0) total[quantity] = added(parts);
  }
  return total;
}

function added(parts: readonly Working[]): Working {
  return {
    formula: parts.map(({ formula }) => formula).join(' + '),
    numbers: parts.map(({ numbers }) => numbers).join(' + '),
    value: parts.reduce((sum, { value }) => sum + value, 0),
  };
}
