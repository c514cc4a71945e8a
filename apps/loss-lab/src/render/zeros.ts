/**
 * A text in which every zero is a plain 0. What sign a zero has come by, `-0` for 0 times a negative number, says nothing of a
 * loss, and looks like a mistake.
 */
export function withoutSignOfZero(text: string): string {
  return text.replace(/(?<![\w.)\]}])[-−]0(?![\d.eE])/g, '0');
}
