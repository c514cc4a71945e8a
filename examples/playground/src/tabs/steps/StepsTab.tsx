import type { JSX } from 'preact';

export function StepsTab(): JSX.Element {
  return <p>steps</p>;
}
