import { PictureError } from '../errors.ts';
import type { Picture } from './picture.ts';

/** Whether there is a browser that decodes pictures: WebP, AVIF, GIF and whatever else it knows. */
export const canBrowserDecode = (): boolean =>
  typeof createImageBitmap === 'function' && typeof OffscreenCanvas === 'function';

/**
 * The picture in a file of any format that the browser knows, by its own decoder; as the file has it, without the turn that a
 * camera may have noted. Red, green, blue and opacity.
 *
 * @throws PictureError when the browser cannot read it, or it has more pixels than it may
 */
export async function browserPicture(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  mostPixels: number,
): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([bytes]), {
    imageOrientation: 'none',
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  }).catch((error: unknown) => {
    throw unreadable(name, `the browser cannot read it (${error instanceof Error ? error.message : error})`, error);
  });
  const { width, height } = bitmap;
  try {
    if (width * height > mostPixels)
      throw unreadable(name, `a picture of ${width}×${height} pixels, of at most ${mostPixels}`);
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw unreadable(name, 'a browser without a canvas');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, channels: 4, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } finally {
    bitmap.close();
  }
}

function unreadable(name: string, got: string, cause?: unknown): PictureError {
  return new PictureError(
    {
      operation: name,
      got,
      wanted: 'a whole picture that the browser knows',
      remedy: 'Convert it to PNG or JPEG, or take it out',
    },
    { cause },
  );
}
