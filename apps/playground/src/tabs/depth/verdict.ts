/** What becomes of a gradient on its way to the first layer. */
export type Verdict = 'vanishes' | 'explodes' | 'arrives' | 'broken';

/** Beyond a factor of a thousand, either way, the first layers learn nothing, or jump about. */
const most = 1000;

/** @param share the size of the gradient at the input, where it was 1 at the last layer */
export function verdictOn(share: number): Verdict {
  if (!Number.isFinite(share)) return 'broken';
  if (share < 1 / most) return 'vanishes';
  return share > most ? 'explodes' : 'arrives';
}
