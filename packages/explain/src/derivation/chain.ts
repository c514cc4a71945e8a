import { type Formula, formula, loss, partial } from '@tapegrad/core/formulas';
import type { ContributionDescription } from '../description/description.ts';

/**
 * The chain rule written out for one value: the product of all local derivatives from the loss to it. Where a value on the
 * way was used more than once, the product stops there, at ∂L/∂value, for what arrives is a sum.
 *
 * @param contributions for each value, what was passed to it
 */
export function chainOf(
  index: number,
  labels: readonly Formula[],
  contributions: ReadonlyMap<number, readonly ContributionDescription[]>,
): Formula {
  const own = contributions.get(index) ?? [];
  if (own.length === 0) return formula('1');
  const terms = own.map((part, at) => {
    const before =
      own.length === 1 ? factorsFrom(part.from, labels, contributions) : [partial(loss, labels[part.from])];
    // One op may use a value twice, and pass two parts of it.
    const isTwice = own.some((other, otherAt) => otherAt !== at && other.from === part.from);
    const last = partial(labels[part.from], labels[index]);
    return product([...before, isTwice ? asInput(last, part.input) : last]);
  });
  return formula(terms.map(({ text }) => text).join(' + '), terms.map(({ latex }) => latex).join(' + '));
}

/** The factors of ∂L/∂value, from the loss on: all of them, or one for a value that was used more than once. */
function factorsFrom(
  index: number,
  labels: readonly Formula[],
  contributions: ReadonlyMap<number, readonly ContributionDescription[]>,
): Formula[] {
  const factors: Formula[] = [];
  let at = index;
  for (;;) {
    const parts = contributions.get(at) ?? [];
    if (parts.length !== 1) return [partial(loss, labels[at]), ...factors.reverse()];
    factors.push(partial(labels[parts[0].from], labels[at]));
    at = parts[0].from;
  }
}

function product(factors: readonly Formula[]): Formula {
  return formula(factors.map(({ text }) => text).join('·'), factors.map(({ latex }) => latex).join(' \\cdot '));
}

function asInput(factor: Formula, input: string): Formula {
  return formula(`${factor.text} (as ${input})`, `\\left. ${factor.latex} \\right|_{\\text{as ${input}}}`);
}
