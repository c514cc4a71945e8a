/** A formula twice: in plain signs, for a terminal, and as LaTeX that KaTeX can set. */
export interface Formula {
  readonly text: string;
  readonly latex: string;
}

/** A formula from its two spellings. */
export function formula(text: string, latex: string = text): Formula {
  return { text, latex };
}

/** The name of an input or an output as a letter: `x0` with an index below, words set upright. */
export function letter(name: string): Formula {
  if (name === 'ℓ') return formula(name, '\\ell');
  const indexed = /^([a-zA-Z])(\d+)$/.exec(name);
  if (indexed) return formula(name, `{${indexed[1]}_{${indexed[2]}}}`);
  return formula(name, name.length === 1 ? name : `\\mathrm{${name.replaceAll(/[^A-Za-z0-9]/g, ' ')}}`);
}

/** The letter of the loss. */
export const loss = formula('L');

export const zero = formula('0');

export const one = formula('1');

/** Words as both spellings. */
export function words(text: string): Formula {
  return formula(text, `\\text{${text}}`);
}

/** ∂of/∂by. */
export function partial(of: Formula, by: Formula): Formula {
  return formula(`∂${of.text}/∂${by.text}`, `\\frac{\\partial ${of.latex}}{\\partial ${by.latex}}`);
}

/** left = right. */
export function equation(left: Formula, right: Formula): Formula {
  return formula(`${left.text} = ${right.text}`, `${left.latex} = ${right.latex}`);
}

/** `above` where the condition holds, else `below`. */
export function cases(above: Formula, condition: Formula, below: Formula): Formula {
  return formula(
    `${above.text} where ${condition.text}, else ${below.text}`,
    `\\begin{cases} ${above.latex} & ${condition.latex} \\\\ ${below.latex} & \\text{else} \\end{cases}`,
  );
}
