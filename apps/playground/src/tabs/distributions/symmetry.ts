import type { Measures } from './measures.ts';

/** Whether D_KL(P‖Q) and D_KL(Q‖P) agree, and why. Outcomes are told by their indices. */
export type Symmetry =
  | { readonly kind: 'same' }
  /** Exchanging P and Q only renames the outcomes. */
  | { readonly kind: 'mirrored' }
  /** Each holds something impossible that happens under the other. */
  | { readonly kind: 'bothInfinite' }
  /** The outcome happens under the first and is impossible under the second. */
  | { readonly kind: 'forwardInfinite' | 'reverseInfinite'; readonly outcome: number }
  /** Equal, though no renaming makes them so. */
  | { readonly kind: 'chance' }
  /** Which one is larger, by how much, and the outcome that does most for it. */
  | {
      readonly kind: 'forwardLarger' | 'reverseLarger';
      readonly by: number;
      readonly outcome: number;
      readonly share: number;
    };

/** What rounding may make of two equal numbers. */
const slack = 1e-12;

/** Whether the two divergences agree here, and for which reason. */
export function symmetryOf({ p, q, forward, reverse }: Measures): Symmetry {
  if (p.every((one, at) => isNear(one, q[at]))) return { kind: 'same' };
  if (isMirrored(p, q)) return { kind: 'mirrored' };
  const [there, back] = [forward.terms.indexOf(Infinity), reverse.terms.indexOf(Infinity)];
  if (there >= 0 && back >= 0) return { kind: 'bothInfinite' };
  if (there >= 0) return { kind: 'forwardInfinite', outcome: there };
  if (back >= 0) return { kind: 'reverseInfinite', outcome: back };
  const by = forward.value - reverse.value;
  if (isNear(forward.value, reverse.value)) return { kind: 'chance' };
  const sign = Math.sign(by);
  const shares = forward.terms.map((term, at) => sign * (term - reverse.terms[at]));
  const share = Math.max(...shares);
  return {
    kind: by > 0 ? 'forwardLarger' : 'reverseLarger',
    by: Math.abs(by),
    outcome: shares.indexOf(share),
    share,
  };
}

/** Whether the pairs (p, q) are the same as the pairs (q, p), in any order: then both sums have the same terms. */
function isMirrored(p: readonly number[], q: readonly number[]): boolean {
  const left = p.map((_, at) => at);
  for (let at = 0; at < p.length; at++) {
    const partner = left.findIndex((other) => isNear(p[other], q[at]) && isNear(q[other], p[at]));
    if (partner < 0) return false;
    left.splice(partner, 1);
  }
  return true;
}

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= slack;
