import { formedPicture, type PictureForm } from '../../pictures/form.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { PackedFiles } from './messages.ts';

/** The pictures of some files. @throws PictureError, PngError or JpegError naming the first that cannot be read */
export function decodePacked({ bytes, ends, names }: PackedFiles, form: PictureForm): readonly Picture[] {
  return names.map((name, index) => formedPicture(bytes.subarray(ends[index - 1] ?? 0, ends[index]), name, form));
}
