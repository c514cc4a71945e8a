import { ShapeError, ValueError } from '../../errors.ts';
import { checkText } from '../../kinds.ts';
import { formatShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** An equation of Einstein's summation as lists of letters, with an ellipsis spelt out as `…0`, `…1`, last axis first. */
export interface Equation {
  readonly terms: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/**
 * Reads `ij,jk->ik`.
 *
 * @throws ValueError when it cannot be read, or names another number of operands
 * @throws ShapeError when an operand has other axes than it says
 */
export function readEquation(equation: string, inputs: readonly Tensor[]): Equation {
  checkText(
    'einsum',
    'the equation',
    equation,
    'Give the equation first, then its operands: `einsum("ij,jk->ik", a, b)`',
  );
  const text = equation.replaceAll(' ', '');
  const [left, right, ...more] = text.split('->');
  const parts = left.split(',');
  if (more.length > 0 || ![...parts, right ?? ''].every((part) => /^[a-zA-Z]*(\.\.\.)?[a-zA-Z]*$/.test(part))) {
    throw unreadable(equation, 'letters, commas, `...` and one `->`, as in `ij,jk->ik`', 'Name each axis by a letter');
  }
  if (parts.length !== inputs.length) {
    throw new ValueError({
      operation: 'einsum',
      got: `'${equation}', with ${parts.length} terms, for ${inputs.length} operands`,
      wanted: 'one term for each operand',
      remedy: 'Separate terms by commas',
    });
  }
  const terms = parts.map((part, index) => spellOut(equation, part, inputs[index]));
  const all = terms.flat();
  const further = [...new Set(all.filter((label) => label.startsWith('…')))].sort(
    (one, other) => Number(other.slice(1)) - Number(one.slice(1)),
  );
  const output = right === undefined ? kept(all, further) : expand(right, further);
  const unknown = output.find((label) => !all.includes(label));
  const twice = output.find((label, at) => output.indexOf(label) !== at);
  if (unknown !== undefined || twice !== undefined) {
    throw unreadable(equation, 'behind the arrow each letter once, of those before it', `Check ${unknown ?? twice}`);
  }
  return { terms, output };
}

function spellOut(equation: string, part: string, x: Tensor): string[] {
  const letters = part.replace('...', '').length;
  const isOpen = part.includes('...');
  if (isOpen ? x.rank < letters : x.rank !== letters) {
    throw new ShapeError({
      operation: 'einsum',
      got: `the term '${part}' of '${equation}' for an operand of shape ${formatShape(x.shape)}`,
      wanted: `${isOpen ? 'at least ' : ''}${letters} axes`,
      remedy: 'Give one letter for each axis, or `...` for any further ones',
    });
  }
  const further = Array.from({ length: x.rank - letters }, (_, axis) => `…${x.rank - letters - 1 - axis}`);
  return expand(part, further);
}

function expand(part: string, further: readonly string[]): string[] {
  return part.split(/(\.\.\.)|/).flatMap((piece) => (piece === '...' ? further : piece ? [piece] : []));
}

/** Without an arrow: the axes of the ellipsis, then the letters that occur once. */
function kept(all: readonly string[], further: readonly string[]): string[] {
  const letters = all.filter((label) => !label.startsWith('…'));
  return [...further, ...letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label)).sort()];
}

function unreadable(equation: string, wanted: string, remedy: string): ValueError {
  return new ValueError({ operation: 'einsum', got: `the equation '${equation}'`, wanted, remedy });
}
