import type { NestedList } from '@tapegrad/core';
import type { AskedFor } from './loss.ts';

/**
 * The gradient of softmax cross-entropy as its options make it, in letters: u·((Σt)·p - t) / n, of which only what is not 1 is
 * written. With weights and label smoothing the target that p is compared with is t, whose sum need not be 1; a mean divides
 * by n.
 *
 * @param divisors what else it is divided by: a temperature
 */
export function softmaxGradient({ inputs, options }: AskedFor, divisors: readonly string[] = []): string {
  const { weight, labelSmoothing, exampleWeight, reduction, base = 'e' } = options;
  const isSmoothed = Number(labelSmoothing) > 0;
  const smoothed = isSmoothed ? '(1 - s)·target + s/C' : 'target';
  const t = weight === undefined ? smoothed : `weight·${isSmoothed ? `(${smoothed})` : smoothed}`;
  const difference = weight !== undefined ? '(Σt)·p - t' : isSmoothed ? 'p - t' : 'p - target';
  const isMean = reduction === 'mean' && (rowsOf(inputs.logits) > 1 || (weight ?? exampleWeight) !== undefined);
  const below = [...(isMean ? ['n'] : []), ...divisors, ...(base === 'e' ? [] : [`ln ${base}`])];
  const above = exampleWeight === undefined ? '' : 'u·';
  const bracketed = below.length > 0 || above !== '' ? `(${difference})` : difference;
  const over = below.length === 0 ? '' : ` / ${below.length > 1 ? `(${below.join('·')})` : below[0]}`;
  const letters = [
    ...(t === 'target' ? [] : [`t = ${t}`]),
    ...(isSmoothed ? ['s = label smoothing, C = number of classes'] : []),
    ...(exampleWeight === undefined ? [] : ['u = weight of the example']),
    ...(isMean ? [`n = ${meanDivisor(inputs, weight !== undefined, exampleWeight !== undefined)}`] : []),
  ];
  const where =
    letters.length > 0 ? `; ${letters.join(', ')}` : ', for a class index p - 1 at the class and p elsewhere';
  return `∂loss/∂logits = ${above}${bracketed}${over}${where}`;
}

/** What a mean divides by: weights of classes count for class indices alone, as in PyTorch. */
function meanDivisor({ logits, target }: AskedFor['inputs'], isWeighted: boolean, hasExamples: boolean): string {
  const factors = [
    ...(hasExamples ? ['u'] : []),
    ...(isWeighted && rankOf(target) < rankOf(logits) ? ['weight of the class'] : []),
  ];
  return factors.length === 0 ? 'number of rows that count' : `Σ ${factors.join('·')} over the rows that count`;
}

const rankOf = (list: NestedList): number =>
  typeof list === 'number' ? 0 : 1 + (list.length > 0 ? rankOf(list[0]) : 0);
const rowsOf = (logits: NestedList): number => (rankOf(logits) > 1 ? (logits as readonly unknown[]).length : 1);
