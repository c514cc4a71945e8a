import type { JSX } from 'preact';

interface SwatchProps {
  readonly colour: string;
  readonly dash: string | undefined;
}

/** A piece of a line, as it is drawn. */
export function Swatch({ colour, dash }: SwatchProps): JSX.Element {
  return (
    <svg class="optimisers-swatch" width="30" height="10" aria-hidden="true">
      <line x1="0" x2="30" y1="5" y2="5" stroke={colour} stroke-width="2.5" stroke-dasharray={dash} />
    </svg>
  );
}
