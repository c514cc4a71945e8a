import type { JSX } from 'preact';

/** The patterns that tell the bars apart where colours do not. */
export function Patterns(): JSX.Element {
  return (
    <svg class="distributions-patterns" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern
          id="distributions-hatch"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="7" height="7" fill="var(--distributions-q-ground)" />
          <line x1="0" x2="0" y1="0" y2="7" stroke="var(--distributions-q)" stroke-width="4.5" />
        </pattern>
        <pattern id="distributions-dots" width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill="var(--distributions-apart-ground)" />
          <circle cx="4" cy="4" r="1.4" fill="var(--distributions-apart)" />
        </pattern>
      </defs>
    </svg>
  );
}
