import type { JSX } from 'preact';

export function DistributionsTab(): JSX.Element {
  return <p>distributions</p>;
}
