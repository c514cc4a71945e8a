/** The formulas of a part of the page, under its title. */
export interface LatexPart {
  readonly title: string;
  readonly formulas: readonly string[];
}

/** A LaTeX document with these formulas, which compiles as it is; parts without a formula are left out. */
export function latexDocument(title: string, address: string, parts: readonly LatexPart[]): string {
  const body = parts
    .filter(({ formulas }) => formulas.length > 0)
    .map(({ title, formulas }) =>
      [`\\section*{${escaped(title)}}`, ...formulas.map((one) => `\\[ ${one} \\]`)].join('\n'),
    );
  return `${[
    `% ${address}`,
    '\\documentclass{article}',
    '\\usepackage{amsmath,amssymb}',
    '\\usepackage{fontspec}',
    '\\begin{document}',
    `\\section*{${escaped(title)}}`,
    ...body,
    '\\end{document}',
  ].join('\n')}\n`;
}

const escaped = (text: string): string =>
  text.replace(
    /[\\{}#$%&_^~]/g,
    (sign) => ({ '\\': '\\textbackslash{}', '^': '\\^{}', '~': '\\~{}' })[sign] ?? `\\${sign}`,
  );
