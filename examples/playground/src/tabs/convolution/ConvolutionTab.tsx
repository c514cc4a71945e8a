import type { JSX } from 'preact';

export function ConvolutionTab(): JSX.Element {
  return <p>convolution</p>;
}
