import { latexNumber } from '../../parts/shownNumber.ts';
import type { LossName, LossSettings } from './names.ts';

/** The formulas of a loss at a residual, each as it is and with the numbers put in. */
export interface LossFormulas {
  readonly value: string;
  readonly slope: string;
}

/** How the value and the slope of a loss come about at the residual d: the branch that holds there, and its numbers. */
export function formulasOf(name: LossName, d: number, { delta, beta, tau }: LossSettings): LossFormulas {
  const [number, size] = [latexNumber(d), latexNumber(Math.abs(d))];
  const signed = d < 0 ? `(${number})` : number;
  const sign = d > 0 ? '+1' : d < 0 ? '-1' : '0';
  switch (name) {
    case 'l2':
      return { value: `d^2 = ${signed}^2`, slope: `2d = 2 \\cdot ${signed}` };
    case 'halfSquared':
      return { value: `\\tfrac12 d^2 = \\tfrac12 \\cdot ${signed}^2`, slope: `d = ${number}` };
    case 'l1':
      return { value: `|d| = |{${number}}|`, slope: `\\mathrm{sign}(d) = ${sign}` };
    case 'logCosh':
      return { value: `\\ln\\cosh d = \\ln\\cosh ${signed}`, slope: `\\tanh d = \\tanh ${signed}` };
    case 'huber': {
      const edge = latexNumber(delta);
      if (Math.abs(d) <= delta)
        return { value: `\\tfrac12 d^2 = \\tfrac12 \\cdot ${signed}^2`, slope: `d = ${number}` };
      return {
        value: `\\delta\\,(|d| - \\tfrac12\\delta) = ${edge}\\,(${size} - ${latexNumber(delta / 2)})`,
        slope: d > 0 ? `\\delta = ${edge}` : `-\\delta = -${edge}`,
      };
    }
    case 'smoothL1': {
      const edge = latexNumber(beta);
      if (Math.abs(d) < beta)
        return { value: `\\frac{d^2}{2\\beta} = \\frac{${signed}^2}{2 \\cdot ${edge}}`, slope: quotient(number, edge) };
      return {
        value: `|d| - \\tfrac12\\beta = ${size} - ${latexNumber(beta / 2)}`,
        slope: `\\mathrm{sign}(d) = ${sign}`,
      };
    }
    case 'quantile': {
      const [low, high] = [latexNumber(tau), `(1 - ${latexNumber(tau)})`];
      if (d < 0) return { value: `-\\tau d = -${low} \\cdot ${signed}`, slope: `-\\tau = -${low}` };
      return {
        value: `(1 - \\tau)\\,d = ${high} \\cdot ${number}`,
        slope: d > 0 ? `1 - \\tau = 1 - ${low}` : '0',
      };
    }
  }
}

const quotient = (above: string, below: string): string => `\\frac{d}{\\beta} = \\frac{${above}}{${below}}`;
