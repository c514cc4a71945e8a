import type { LossName } from '../losses.ts';

/*
 * Colours near those of Okabe and Ito, which nearly everybody can tell from each other, and letters in them from the paper
 * by 4.5 to 1 or more. What they say is said by dashes and labels too.
 */

/** A colour on a light page, and the one for it on a dark page. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** How a loss is drawn: its colour, and the lengths of dashes and gaps. */
export interface Stroke {
  readonly colour: Colour;
  readonly dash: 'solid' | number[];
}

/** The strokes of the losses. */
export const strokes: Readonly<Record<LossName, Stroke>> = {
  l2: { colour: { light: '#b84a00', dark: '#f58a3c' }, dash: 'solid' },
  l1: { colour: { light: '#0072b2', dark: '#56b4e9' }, dash: [9, 4] },
  huber: { colour: { light: '#00785a', dark: '#2cc69a' }, dash: [2, 3] },
  'smooth-l1': { colour: { light: '#a23b7b', dark: '#e58fc4' }, dash: [10, 3, 2, 3] },
  'log-cosh': { colour: { light: '#8a6100', dark: '#e6b93c' }, dash: [5, 3] },
  quantile: { colour: { light: '#4b5563', dark: '#c3ccd5' }, dash: [14, 3, 2, 3, 2, 3] },
};

/** All that is no loss. */
export const inks = {
  paper: { light: '#ffffff', dark: '#0d1117' },
  ink: { light: '#1f2933', dark: '#e6edf3' },
  faint: { light: '#5b6670', dark: '#9aa4ae' },
  grid: { light: '#e3e7eb', dark: '#262d36' },
  truth: { light: '#b7c1cb', dark: '#4d5866' },
} as const satisfies Readonly<Record<string, Colour>>;

/** Style rules by which a picture that was drawn in the light colours shows the dark ones on a dark page. */
export function darkRules(selector: string): string {
  const colours = [...Object.values(inks), ...Object.values(strokes).map(({ colour }) => colour)];
  const rules = colours.flatMap(({ light, dark }) =>
    ['fill', 'stroke'].map((part) => `${selector} [${part}="${light}"] { ${part}: ${dark} }`),
  );
  return `@media (prefers-color-scheme: dark) { ${rules.join(' ')} }`;
}
