import type { JSX } from 'preact';
import type { Stroke } from './stroke.ts';

/** A piece of a line, as it is drawn. */
export function Swatch({ colour, dash, width = 2.5 }: Stroke): JSX.Element {
  return (
    <svg class="swatch" width="34" height="10" aria-hidden="true">
      <line x1="0" x2="34" y1="5" y2="5" stroke={colour} stroke-width={width} stroke-dasharray={dash} />
    </svg>
  );
}
