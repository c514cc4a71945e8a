import type { JSX } from 'preact';

export function BreakingTab(): JSX.Element {
  return <p>breaking</p>;
}
