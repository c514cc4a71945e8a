import { formedPicture, type PictureForm } from '../../pictures/form.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { PackedFiles } from './messages.ts';

/** The pictures of some files. @throws PictureError, PngError or JpegError naming the first that cannot be read */
export async function decodePacked(
  { bytes, ends, names }: PackedFiles,
  form: PictureForm,
): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for (const [index, name] of names.entries()) {
    pictures.push(await formedPicture(bytes.subarray(ends[index - 1] ?? 0, ends[index]), name, form));
  }
  return pictures;
}
