import { unsharedBytes } from '../../archives/bytes.ts';
import { browserPicture } from '../browserPicture.ts';
import type { Picture } from '../picture.ts';
import { jpegError } from './jpegHeader.ts';

/** The pixels of a JPEG picture in a page, as the browser decodes it. @throws JpegError when the browser refuses it */
export async function decodeJpeg(bytes: Uint8Array, name: string): Promise<Picture> {
  return await browserPicture(unsharedBytes(bytes), name, Number.POSITIVE_INFINITY).catch((error: unknown) => {
    throw jpegError(name, `the browser cannot decode it (${error instanceof Error ? error.message : error})`);
  });
}
