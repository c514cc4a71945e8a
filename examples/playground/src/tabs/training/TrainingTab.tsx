import type { JSX } from 'preact';

export function TrainingTab(): JSX.Element {
  return <p>training</p>;
}
