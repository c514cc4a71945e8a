/** Breaks a text between its words, so that no line is longer than `width`; all but the first begin with `indent` spaces. */
export function wrap(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let line = '';
  // Several spaces between two words are kept, and a line may break there once.
  for (const [, space, word] of text.matchAll(/(\s*)(\S+)/g)) {
    if (line !== '' && line.length + space.length + word.length > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line += space + word;
  }
  return [...lines, line];
}
