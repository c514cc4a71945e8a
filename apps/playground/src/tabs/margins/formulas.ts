import { latexNumber } from '../../parts/shownNumber.ts';
import type { LossName, MarginSettings } from './names.ts';

/** A loss over the margin m, in LaTeX, with its knobs put in. */
export function formulaOf(name: LossName, { classes, gamma, scale, cosine, angle, multiple }: MarginSettings): string {
  const others = classes === 2 ? '' : `${classes - 1}\\,`;
  const s = latexNumber(scale);
  switch (name) {
    case 'zeroOne':
      return '1 \\text{ if } m < 0, \\text{ else } 0';
    case 'hinge':
      return '\\max(0,\\, 1 - m)';
    case 'logistic':
      return '\\ln(1 + e^{-m})';
    case 'softmax':
      return `\\ln(1 + ${others}e^{-m})`;
    case 'focal':
      return `-(1 - p)^{${latexNumber(gamma)}} \\ln p,\\; p = 1 / (1 + ${others}e^{-m})`;
    case 'additive':
      return `\\ln(1 + e^{-(m - ${latexNumber(scale * cosine)})})`;
    case 'arcFace':
      return `\\ln(1 + e^{-${s}(\\cos(\\theta + ${latexNumber(angle)}) + \\cos\\theta)})`;
    case 'largeMargin':
      return `\\ln(1 + e^{-${s}(\\psi_${latexNumber(multiple)}(\\theta) + \\cos\\theta)})`;
  }
}
