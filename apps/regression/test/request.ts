import type { Request } from '../src/request.ts';

/** A request that is answered in half a second: fewer points, units and steps than the command line's defaults. */
export function requestWith(changes: Partial<Request> = {}): Request {
  return {
    data: 'sine',
    count: 60,
    noise: 0.1,
    outliers: 0.15,
    distance: 3,
    losses: ['l2', 'l1', 'huber', 'smooth-l1'],
    delta: 1,
    beta: 0.1,
    quantile: 0.5,
    hidden: 8,
    steps: 300,
    learningRate: 0.03,
    seed: 1,
    format: 'text',
    ...changes,
  };
}
