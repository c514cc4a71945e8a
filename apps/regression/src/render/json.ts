import { losses } from '../losses.ts';
import type { Study } from '../study.ts';

/** All numbers of a study. NaN and infinity, which JSON does not know, are strings. */
export function writeJson({ request, problem, truth, losses: studied }: Study): string {
  const result = {
    request,
    truth: problem.formula,
    points: problem.points,
    grid: problem.grid,
    trueCurve: truth,
    losses: studied.map(({ name, fit, error, inlierDistance, outliers }) => ({
      name,
      slope: losses[name].slope(request),
      loss: fit.loss,
      error,
      inlierDistance,
      outliers,
      curve: fit.curve,
      predictions: fit.predictions,
      pulls: fit.pulls,
    })),
  };
  const written = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return `${JSON.stringify(result, written, 2)}\n`;
}
