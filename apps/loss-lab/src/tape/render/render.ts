import { explanationToMarkdown, toSvg } from '@tapegrad/explain';
import type { ExpressionStudy } from '@tapegrad/expression';
import type { TapeRequest } from '../commandLine.ts';
import { tapeToJson } from './json.ts';
import { tapeToText } from './text.ts';

/** An expression that was studied, in the form that was asked for; it ends with the end of a line. */
export function renderTape(study: ExpressionStudy, { format, short }: TapeRequest): string {
  switch (format) {
    case 'text':
      return tapeToText(study, { short });
    case 'json':
      return tapeToJson(study);
    case 'svg':
      return toSvg(study.tape, { title: study.text });
    case 'markdown':
      return tapeToMarkdown(study);
  }
}

/** For a page: the derivation with typeset formulas; without names to differentiate by, the text alone. */
function tapeToMarkdown(study: ExpressionStudy): string {
  const title = `# \`${study.text}\``;
  if (study.derivation === null) return `${title}\n\n\`\`\`text\n${tapeToText(study, { short: false })}\`\`\`\n`;
  // One level down, for the page has a heading of its own.
  return `${title}\n\n${explanationToMarkdown(study.derivation).trim().replaceAll(/^#/gm, '##')}\n`;
}
