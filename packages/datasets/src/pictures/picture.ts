import type { Picture } from './png.ts';

/** The picture without opacity: o · colour + (1 - o) · background, rounded, with o from 0 to 1. */
export function opaque(picture: Picture, background: number): Picture {
  const { width, height, channels, data } = picture;
  if (channels === 1 || channels === 3) return picture;
  const colours = channels - 1;
  const solid = new Uint8Array(width * height * colours);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const opacity = data[pixel * channels + colours] / 255;
    for (let channel = 0; channel < colours; channel++) {
      const colour = data[pixel * channels + channel];
      solid[pixel * colours + channel] = Math.round(opacity * colour + (1 - opacity) * background);
    }
  }
  return { width, height, channels: colours, data: solid };
}

/** The picture's numbers plane by plane, as many as there are to be: grey is repeated for red, green and blue. */
export function withColour({ width, height, channels, data }: Picture, wanted: 1 | 3): Uint8Array {
  const planes = new Uint8Array(wanted * width * height);
  for (let plane = 0, at = 0; plane < wanted; plane++) {
    const channel = Math.min(plane, channels - 1);
    for (let pixel = 0; pixel < width * height; pixel++, at++) planes[at] = data[pixel * channels + channel];
  }
  return planes;
}
