import { families } from './losses/index.ts';

/** All losses with their formulas, by family: what `pnpm loss` alone prints. */
export function lossList(): string {
  const sections = Object.entries(families).map(([family, forms]) => {
    const rows = forms.map(({ name, aliases, title, formula }) => {
      const names = [name, ...aliases].join(', ');
      return `  ${names}\n      ${title}\n      ${formula}`;
    });
    return `${family}\n\n${rows.join('\n\n')}`;
  });
  return `Losses of @tapegrad/nn

${sections.join('\n\n')}

npx pnpm loss <loss>          the loss of an example, and its gradient step by step
npx pnpm loss <loss> --help   its inputs and options
`;
}
