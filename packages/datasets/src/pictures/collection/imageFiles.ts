import { checkHas, checkOptions, checkSurplus, checkText, type OptionNames, wrongKind } from '@tapegrad/core/authors';
import { unsharedBytes } from '../../archives/bytes.ts';
import type { ImageDataset } from '../../dataset/dataset.ts';
import { browserPicture, canBrowserDecode } from '../browserPicture.ts';
import { formed, formedPicture, type PictureForm, type PictureOptions, pictureForm } from '../form.ts';
import type { Picture } from '../picture.ts';
import { classify } from './classify.ts';
import { datasetOf, pictureCheck, tellSkipped } from './collect.ts';

/** A file of a dataset of pictures, wherever it comes from. */
export interface ImageFile {
  /** The folder of its class and its name, with a slash between them: `rose/1.jpg`. */
  readonly path: string;
  /** Its bytes, or what gives them: a `File` or a `Blob` of the web. */
  readonly content: Uint8Array | { arrayBuffer(): Promise<ArrayBuffer> };
}

const imageFilesOptions: OptionNames<PictureOptions> = {
  name: 'optional',
  size: 'optional',
  fit: 'optional',
  channels: 'optional',
  background: 'optional',
  mostPixels: 'optional',
  mostNumbers: 'optional',
};

/**
 * A dataset out of pictures that a page was given, or that were read elsewhere, with the folders of their classes: what `imageFolder`
 * makes of a folder. PNG is read to the same pixels everywhere; in a page JPEG and all other formats are read by the browser
 * (`createImageBitmap`).
 *
 * In a page with `<input type="file" webkitdirectory>`, whose paths begin with the name of the folder that was chosen:
 * `imageFiles([...input.files].map((file) => ({ path: file.webkitRelativePath.replace(/^[^/]*\//, ''), content: file })))`.
 *
 * @returns images of shape [count, channels, height, width], labels of shape [count]; the classes are the folders' names
 * @example
 * const files = [{ path: 'rose/1.jpg', content: bytes }];
 * const { classes } = await imageFiles(files, { size: 64 });
 * @throws MissingFileError when there are no classes, or one has no pictures
 * @throws PictureError, PngError or JpegError naming the file, when one is damaged, too large, or of another size than the first
 * @throws ValueError when there are more than 256 classes, or an option is out of range
 * @throws DataTypeError when something is no file
 */
export async function imageFiles(
  files: Iterable<ImageFile>,
  options: PictureOptions = {},
  ...surplus: []
): Promise<ImageDataset> {
  checkSurplus('imageFiles', surplus);
  const { name = 'pictures', mostNumbers = 2 ** 30, channels } = checkOptions('imageFiles', options, imageFilesOptions);
  const form = pictureForm('imageFiles', options);
  const entries = listed(files).map(({ path, content }) => ({ path, isFolder: false, read: () => bytesOf(content) }));
  const isReadable = canBrowserDecode() ? isAnyPicture : undefined;
  const sorted = classify('imageFiles', name, entries, isReadable);
  const check = pictureCheck(mostNumbers);
  const pictures: Picture[] = [];
  for (const file of sorted.files) {
    const picture = await decoded(await file.read(), file.name, form);
    check(file, picture);
    pictures.push(picture);
  }
  tellSkipped('imageFiles', name, sorted);
  return datasetOf(sorted, pictures, { name, channels });
}

/** The files one by one, after a look at each. */
function listed(files: Iterable<ImageFile>): readonly ImageFile[] {
  const wanted = { wanted: '{ path, content }', remedy: "Give each file as `{ path: 'rose/1.jpg', content: bytes }`" };
  const isIterable = typeof files === 'object' && files !== null && Symbol.iterator in files;
  if (!isIterable) throw wrongKind('imageFiles', 'files', files, { ...wanted, wanted: 'a list of files' });
  return Array.from(files, (file, at) => {
    checkHas('imageFiles', `files[${at}]`, file, ['path', 'content'], wanted);
    checkText('imageFiles', `files[${at}].path`, file.path, wanted.remedy);
    const { content } = file;
    if (content instanceof Uint8Array || typeof content.arrayBuffer === 'function') return file;
    throw wrongKind('imageFiles', `files[${at}].content`, content, {
      wanted: 'a Uint8Array, a File or a Blob',
      remedy: 'Wrap a buffer: `new Uint8Array(buffer)`',
    });
  });
}

const isAnyPicture = (name: string): boolean => /\.(png|jpe?g|jpe|jfif|webp|avif|gif|bmp)$/i.test(name);

async function bytesOf(content: ImageFile['content']): Promise<Uint8Array> {
  return content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer());
}

async function decoded(bytes: Uint8Array, name: string, form: PictureForm): Promise<Picture> {
  const isOurs = (bytes[0] === 0x89 && bytes[1] === 0x50) || (bytes[0] === 0xff && bytes[1] === 0xd8);
  if (isOurs || !canBrowserDecode()) return await formedPicture(bytes, name, form);
  return formed(await browserPicture(unsharedBytes(bytes), name, form.mostPixels), form);
}
