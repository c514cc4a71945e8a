/** Signs of print and of East Asian keyboards, each with the sign that stands for it on every other keyboard. */
const twins: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '⋅': '*',
  '∗': '*',
  '÷': '/',
  '−': '-',
  '–': '-',
  '、': ',',
  '。': '.',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '【': '[',
  '】': ']',
};

/**
 * The text with `（`, `，`, `３` and `×` as `(`, `,`, `3` and `*`: sign by sign, so that a position in one is the same position in the
 * other.
 */
export function usualSigns(text: string): string {
  return text.replace(/[\u00b7\u00d7\u00f7\u2013-\u201d\u2212\u2217\u22c5\u3000-\u3011\uff01-\uff5e]/g, usualSign);
}

function usualSign(sign: string): string {
  if (sign === '\u3000') return ' ';
  const code = sign.charCodeAt(0);
  // The full-width forms lie in the order of ASCII.
  return code >= 0xff01 ? String.fromCharCode(code - 0xfee0) : (twins[sign] ?? sign);
}
