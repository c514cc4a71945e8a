import { expressionExamples, functionNames } from '@tapegrad/expression';

/** What `pnpm tape` alone prints: the language, its functions, and commands to begin with. */
export function tapeHelp(): string {
  return `An expression on a tape, forward and back: values, cotangents, local derivatives, who receives what from whom.

npx pnpm tape "<expression>" --<name> <numbers>…   a value for each name of the expression
npx pnpm tape "<expression>" --help                its options

Operators   + - * / ^   @ (product of matrices)   > >= < <= ==;   -x^2 is -(x^2)
Functions   ${wrapped(functionNames)}
Options     by their names: sum(x, axes=[0]), huberLoss(x, 0, delta=2), conv2d(x, w, padding="same")
Arrays      [1, 2], [[1, 2], [3, 4]], [x, 2*x]; a row is x[0], a named result topK(x, k=2).values
Constants   pi, e, inf, nan, true, false, null
Numbers     2, .5, 1e-3, 1/3, "ln(.7)"; "3, 1, -3" for a list, "1, 2; 3, 4" for rows

Exit codes: 0 computed, 1 the expression refuses these numbers, 2 wrong command line.

Examples:
${expressionExamples
  .filter(({ family }) => family === 'first')
  .map(({ expression, values }) => `  ${commandOf(expression, values)}`)
  .join('\n')}
`;
}

/** The command that shows an example. */
export function commandOf(expression: string, values: Readonly<Record<string, string>>): string {
  const flags = Object.entries(values).map(([name, text]) => ` --${name} ${/[\s;[]/.test(text) ? `"${text}"` : text}`);
  return `npx pnpm tape "${expression}"${flags.join('')}`;
}

const width = 100;

/** Words on as many lines as they take, below each other. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(12)}`);
}
