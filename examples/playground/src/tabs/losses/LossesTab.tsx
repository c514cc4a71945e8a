import type { JSX } from 'preact';

export function LossesTab(): JSX.Element {
  return <p>losses</p>;
}
