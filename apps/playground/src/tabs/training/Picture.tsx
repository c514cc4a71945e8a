import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { greyPixels, signedPixels } from './palette.ts';

interface PictureProps {
  /** The numbers, row by row. */
  readonly numbers: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** The size that is drawn opaque. Without it these are grey pixels from 0 to 255. */
  readonly scale?: number;
  /** What it shows, for those who listen; without it the picture is for the eye alone. */
  readonly label?: string;
  readonly class?: string;
}

/** A picture with one pixel for each number. */
export function Picture({ numbers, width, height, scale, label, class: name = '' }: PictureProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pixels = scale === undefined ? greyPixels(numbers) : signedPixels(numbers, scale);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [numbers, width, height, scale]);
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return <canvas class={`training-picture ${name}`} ref={canvas} width={width} height={height} {...spoken} />;
}
