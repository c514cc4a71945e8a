import type { JSX } from 'preact';
import { shownNumber } from './shownNumber.ts';

interface ValueProps {
  readonly of: number;
  /** Significant digits shown; the whole number is in the element's `value`, and shows when it is pointed at. */
  readonly digits?: number;
  /** What it is of: forward values and gradients differ by colour and by position. */
  readonly kind?: 'value' | 'gradient';
  /** What a test finds it by. */
  readonly name?: string;
}

/** A number that was computed. */
export function Value({ of, digits = 4, kind, name }: ValueProps): JSX.Element {
  return (
    <data class={kind ? `number ${kind}` : 'number'} value={String(of)} title={String(of)} data-name={name}>
      {shownNumber(of, digits)}
    </data>
  );
}
