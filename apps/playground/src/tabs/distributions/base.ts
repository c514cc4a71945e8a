import type { LogarithmBase } from '@tapegrad/nn';

/** The base of the logarithm as the address writes it. */
export type Base = 'e' | '2' | '10';

/** The base as nn takes it. */
export const baseOf = (base: Base): LogarithmBase => (base === 'e' ? 'e' : base === '2' ? 2 : 10);

/** The logarithm in LaTeX. */
export const logarithm = (base: Base): string => (base === 'e' ? '\\ln' : `\\log_{${base}}`);
