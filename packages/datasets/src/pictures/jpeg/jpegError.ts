import { JpegError } from '../../errors.ts';

/** An error about the picture `name`. */
export function jpegError(
  name: string,
  got: string,
  wanted = 'a whole and undamaged JPEG picture',
  remedy = 'Check that this is the picture you meant, or save it anew',
): JpegError {
  return new JpegError({ operation: name, got, wanted, remedy });
}
