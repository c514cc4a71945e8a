/**
 * The words of a text, for the search: runs of letters and digits, names such as `cross_entropy` and `softmaxCrossEntropy` whole and
 * in parts, and of Chinese, which puts no spaces, every two neighbouring signs. It is sent to the page as text, so it stands alone.
 */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.normalize('NFKC').matchAll(/[\p{L}\p{N}_]+/gu)) {
    for (const [part] of run.matchAll(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)) {
      if (!/\p{Script=Han}/u.test(part)) {
        found.push(part);
        const inside = part.split(/_|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== '');
        if (inside.length > 1) found.push(...inside);
      } else if (part.length === 1) found.push(part);
      else for (let i = 0; i + 1 < part.length; i++) found.push(part.slice(i, i + 2));
    }
  }
  return found;
}
